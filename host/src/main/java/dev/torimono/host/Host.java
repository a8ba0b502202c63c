// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.host.container.CgroupTable;
import dev.torimono.host.container.ContainerTable;
import dev.torimono.host.fd.ObjectReader;
import dev.torimono.host.process.Lifecycle;
import dev.torimono.host.process.Lineage;
import dev.torimono.host.process.ProcFs;
import dev.torimono.host.process.ProcessTable;
import dev.torimono.host.process.RepairAllowance;
import dev.torimono.host.process.TextPool;
import dev.torimono.model.Accounts;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who did it: turns each event into an observation, keeping processes, containers and accounts. One
 * owner thread for every method but {@link #counters}.
 */
public final class Host implements AutoCloseable {
    /** Texts shared between images: commands, paths and environments repeat. */
    private static final int POOLED_TEXTS = 16_384;

    private static final long SWEEP_EVERY_NS = 1_000_000_000;
    private static final int SWEPT_SLOTS = 512;

    private final HostCounters counters = new HostCounters();
    private final ProcFs proc;
    private final ProcessTable processes;
    private final RepairAllowance allowance;
    private final Lifecycle lifecycle;
    private final ObjectReader objects;
    private final Lineage lineage;
    private final Observation observation;
    private long sweptNs;
    private long lastEventNs;

    public Host(HostConfig config) {
        proc = new ProcFs(config.procRoot());
        processes = new ProcessTable(config.maxTasks(), config.maxExitedAncestors(), counters);
        allowance = new RepairAllowance(config.repairsPerSecond(), counters);
        ContainerTable containers = new ContainerTable(counters);
        CgroupTable cgroups = new CgroupTable(containers);
        lifecycle =
                new Lifecycle(
                        processes,
                        proc,
                        cgroups,
                        new TextPool(POOLED_TEXTS),
                        allowance,
                        config.environment(),
                        config.bootEpochNs(),
                        counters);
        objects = new ObjectReader(counters);
        lineage = new Lineage(Accounts.NONE, config.bootEpochNs());
        observation = new Observation(Accounts.NONE, FdTable.NONE);
    }

    /**
     * Takes in what already runs. Call it once the sensor is attached and before its records are
     * read: what starts meanwhile is then in the records, and a record of what is known already
     * changes nothing.
     */
    public void snapshot() {
        lifecycle.snapshot(proc);
    }

    /** Updates the state by one event and says who did it; valid until the next call. */
    public Observation observe(Event event) {
        Task task = lifecycle.apply(event);
        Fd fd = objects.fd(event);
        observation.set(event, task, fd);
        if (fd == null) {
            objects.path(event, observation);
        }
        lastEventNs = event.timestampNs();
        return observation;
    }

    /** The process first, then every ancestor to the root. */
    public List<Ancestor> lineage(Task task) {
        return lineage.of(task);
    }

    /** The task of that tid, if it lives and is known. */
    public @Nullable Task task(long tid) {
        return processes.get(tid);
    }

    /** Living tasks known now. */
    public int taskCount() {
        return processes.size();
    }

    /**
     * Housekeeping between batches of events.
     *
     * @param nowNs any clock that only goes forward
     */
    public void tick(long nowNs) {
        lifecycle.settle();
        allowance.tick(nowNs);
        if (nowNs - sweptNs >= SWEEP_EVERY_NS) {
            sweptNs = nowNs;
            processes.sweep(SWEPT_SLOTS, lastEventNs, proc::exists);
        }
    }

    public HostCounters counters() {
        return counters;
    }

    @Override
    public void close() {}
}
