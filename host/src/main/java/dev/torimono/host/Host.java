// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import dev.torimono.host.account.AccountTable;
import dev.torimono.host.container.Cgroup;
import dev.torimono.host.container.CgroupPath;
import dev.torimono.host.container.CgroupTable;
import dev.torimono.host.container.ContainerTable;
import dev.torimono.host.container.Placement;
import dev.torimono.host.container.Runtimes;
import dev.torimono.host.fd.LiveFds;
import dev.torimono.host.fd.ObjectReader;
import dev.torimono.host.process.Lifecycle;
import dev.torimono.host.process.Lineage;
import dev.torimono.host.process.ProcessTable;
import dev.torimono.host.process.RepairAllowance;
import dev.torimono.host.procfs.ProcFs;
import dev.torimono.host.procfs.TextPool;
import dev.torimono.host.snapshot.SnapshotTaker;
import dev.torimono.model.Accounts;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.Image;
import dev.torimono.model.Observation;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
    private static final long COLLECT_EVERY_NS = 10_000_000_000L;

    private final HostCounters counters = new HostCounters();
    private final ProcFs proc;
    private final ProcessTable processes;
    private final RepairAllowance allowance;
    private final Runtimes runtimes;
    private final ContainerTable containers;
    private final Residents residents;
    private final CgroupTable cgroups;
    private final AccountTable accounts;
    private final NameTable names = new NameTable();
    private final LiveFds fds;
    private final Lifecycle lifecycle;
    private final SnapshotTaker snapshots;
    private final ObjectReader objects;
    private final Lineage lineage;
    private final Observation observation;
    private final Observation foreseen;
    private long sweptNs;
    private long collectedNs;
    private long lastEventNs;

    public Host(HostConfig config) {
        this(config, _ -> null, ProcFiles.JDK);
    }

    /**
     * One whose sensor knows cgroups that /proc does not show.
     *
     * @param placed the path of a task's cgroup; null where /proc knows best
     * @param files reads what is small in /proc
     */
    public Host(HostConfig config, LongFunction<@Nullable Text> placed, ProcFiles files) {
        proc = new ProcFs(config.procRoot(), placed, files);
        processes = new ProcessTable(config.maxTasks(), config.maxExitedAncestors(), counters);
        allowance = new RepairAllowance(config.repairsPerSecond(), counters);
        runtimes = new Runtimes(config.runtimes(), counters);
        containers = new ContainerTable(runtimes, config.maxContainers(), counters);
        residents = new Residents(processes, containers);
        accounts =
                new AccountTable(config.procRoot(), config.hostRoot(), residents::anyOf, counters);
        cgroups = new CgroupTable(containers, accounts::prefetch, config.places());
        fds = new LiveFds(config.procRoot());
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
        snapshots =
                new SnapshotTaker(
                        processes, config.procRoot(), config.hostRoot(), config.bootEpochNs());
        objects = new ObjectReader(counters);
        lineage = new Lineage(accounts, config.bootEpochNs());
        observation = new Observation(accounts, fds).names(names);
        foreseen = new Observation(accounts, fds);
    }

    /**
     * Takes in what already runs. Call it once the sensor is attached and before its records are
     * read: what starts meanwhile is then in the records, and a record of what is known already
     * changes nothing.
     */
    public void snapshot() {
        lifecycle.snapshot(proc);
    }

    /** Gets ready what rules with this demand ask for beyond events. */
    public void want(Demand demand) {
        names.want(demand.names());
    }

    /** Updates the state by one event and says who did it; valid until the next call. */
    public Observation observe(Event event) {
        fds.begin(event);
        residents.renew();
        Task task = lifecycle.apply(event);
        Fd fd = objects.fd(event);
        observation.set(event, task, fd);
        if (fd == null) {
            objects.path(event, observation);
        }
        lastEventNs = event.timestampNs();
        return observation;
    }

    /**
     * Gives the file that was opened in the last observation its other name, if it has one: rules
     * that know it by that are then asked again.
     */
    public boolean takeOtherName() {
        return objects.otherName(observation.event(), observation.fd());
    }

    /**
     * What an exec that is held would be if it passed, without any of it having happened; valid
     * until the next call. The observation of {@link #observe} is not touched.
     */
    public Observation foresee(Event exec) {
        residents.renew();
        fds.begin(exec);
        return foreseen.set(exec, lifecycle.foresee(exec), null);
    }

    /** Full id of the container that a cgroup path tells; null for none. */
    public static @Nullable String containerId(Text cgroupPath) {
        Placement placement = CgroupPath.parse(cgroupPath);
        return placement == null ? null : placement.id();
    }

    /** The container in which a cgroup's processes run; null on the host. */
    public @Nullable Container containerAt(Text cgroupPath) {
        residents.renew();
        return cgroupPath.isEmpty() ? null : cgroups.of(cgroupPath).container();
    }

    /** The process first, then every ancestor to the root. */
    public List<Ancestor> lineage(Task task) {
        return lineage.of(task);
    }

    /**
     * One process as it was.
     *
     * @param comm its name then
     * @param image what it executed then
     */
    public Ancestor describe(Task task, Text comm, Image image) {
        return lineage.one(task.leader(), comm, image);
    }

    /** Every living process of a container, by its full id. */
    public List<Task> processesOf(String containerId) {
        return residents.of(containerId);
    }

    /**
     * The machine as it is now, as a capture begins: tasks that are wanted, and their ancestors.
     *
     * @param ended tasks that ended lately and are told all the same
     */
    public Snapshot snapshot(Predicate<Task> which, List<Task> ended) {
        return snapshots.take(which, ended);
    }

    /**
     * The same in two steps: the tasks as they are now, the rest (fds, accounts) once it is asked
     * for, by any thread: reading it may take long.
     */
    public Supplier<Snapshot> snapshotLater(Predicate<Task> which, List<Task> ended) {
        return snapshots.takeLater(which, ended);
    }

    /** The task of that tid, if it lives and is known. */
    public @Nullable Task task(long tid) {
        return processes.get(tid);
    }

    /** Every living process that descends from a task's, whoever its parent is by now. */
    public List<Task> descendants(Task task) {
        return processes.descendants(task);
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
        accounts.tick(nowNs);
        residents.renew();
        if (nowNs - sweptNs >= SWEEP_EVERY_NS) {
            sweptNs = nowNs;
            processes.sweep(SWEPT_SLOTS, lastEventNs, proc::exists);
        }
        if (nowNs - collectedNs >= COLLECT_EVERY_NS) {
            collectedNs = nowNs;
            collect();
        }
    }

    /** Users and groups as the host and each container know them. */
    public Accounts accounts() {
        return accounts;
    }

    /** A container as known now; null when it was never seen or is forgotten. */
    public @Nullable Container container(String fullId) {
        return containers.container(fullId);
    }

    /** The container of a cgroup that events named, by the kernel's number; null for none. */
    public @Nullable Container containerOf(long cgroup) {
        Cgroup known = cgroups.byId(cgroup);
        return known == null ? null : known.container();
    }

    /** Containers known now. */
    public List<Container> containers() {
        return containers.all();
    }

    /** What is wrong with container runtimes that cannot be talked to now. */
    public List<String> runtimeFailures() {
        return runtimes.failures();
    }

    public HostCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        runtimes.close();
        accounts.close();
        names.close();
    }

    /** A living process of the container, by whose root its files are reached; 0 for none. */
    public long processIn(Container container) {
        return residents.anyOf(container);
    }

    private void collect() {
        if (residents.collect()) {
            cgroups.clear();
            accounts.retain(containers.ids());
        }
    }
}
