// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement.Armed;
import dev.torimono.model.Enforcement.Arming;
import dev.torimono.model.Enforcement.Refusal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The containers whose execs are held, with their marks and their cgroups in the kernel. One thread
 * at a time changes it; any thread asks which container a cgroup is.
 */
final class ArmedContainers {
    /** {@code enum armed_flag}. */
    private static final long ARMED_HOLD = 1;

    private static final long ARMED_KILL_FOREIGN = 2;

    private record Kept(ContainerMarks marks, Arming arming, long cgroup, long sinceNs) {}

    private final KernelSide kernel;
    private final HostWorld host;
    private final Path proc;
    private final long epochOffsetNs;
    private final CgroupNumber cgroups;
    private final KernelRefusals refusals;
    private final SmallFiles files = new SmallFiles();
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    /** Cgroups by their containers' full ids. */
    private volatile Map<String, Long> cgroupOf = Map.of();

    /** The same the other way round. */
    private volatile Map<Long, String> containerAt = Map.of();

    ArmedContainers(ExecGate.Parts parts, HostWorld host) {
        this.kernel = parts.kernel();
        this.host = host;
        this.proc = parts.proc();
        this.epochOffsetNs = parts.epochOffsetNs();
        this.cgroups = new CgroupNumber(proc, parts.legacyCgroup());
        this.refusals = new KernelRefusals(kernel);
    }

    /** Cgroup of a container by its full id; 0 when it is not armed. Any thread. */
    long cgroup(String container) {
        return cgroupOf.getOrDefault(container, 0L);
    }

    /** Full id of the container of an armed cgroup; empty for none. Any thread. */
    String container(long cgroup) {
        return containerAt.getOrDefault(cgroup, "");
    }

    /** Arms one, or looks for what it mounted since. */
    Armed arm(FanotifyGroup group, Arming arming) {
        String container = arming.container();
        Kept known = kept.get(container);
        long cgroup = cgroups.of(arming.pid(), container);
        if (cgroup == 0 && known == null) {
            return new Armed(container, 0, 0, "", "its cgroup cannot be found");
        }
        boolean again = known != null && (cgroup == 0 || cgroup == known.cgroup());
        if (known != null && !again) {
            // It was started anew.
            letGo(known.cgroup());
        }
        Kept now =
                known != null && again
                        ? new Kept(known.marks(), arming, known.cgroup(), known.sinceNs())
                        : new Kept(
                                new ContainerMarks(group, files, proc, host),
                                arming,
                                cgroup,
                                System.nanoTime() + epochOffsetNs);
        if (known == null || !again || asksForOther(known.arming(), arming)) {
            // The kernel side first: it judges from the first process on, whatever is mounted yet.
            armKernel(now.cgroup(), arming);
        }
        kept.put(container, now);
        changed();
        now.marks().extend(arming.pid(), container);
        return armed(container, now);
    }

    private static boolean asksForOther(Arming before, Arming now) {
        return before.killMemory() != now.killMemory() || !before.refusal().equals(now.refusal());
    }

    private void armKernel(long cgroup, Arming arming) {
        long flags = KernelRefusals.flags(refusals.prepare(cgroup, arming.refusal()));
        kernel.arm(cgroup, ARMED_HOLD | flags | (arming.killMemory() ? ARMED_KILL_FOREIGN : 0));
    }

    private void letGo(long cgroup) {
        kernel.disarm(cgroup);
        refusals.prepare(cgroup, Refusal.NONE);
    }

    private void changed() {
        Map<String, Long> cgroupsNow = new HashMap<>();
        kept.forEach((container, of) -> cgroupsNow.put(container, of.cgroup()));
        cgroupOf = Map.copyOf(cgroupsNow);
        Map<Long, String> containersNow = new HashMap<>();
        cgroupsNow.forEach((container, cgroup) -> containersNow.put(cgroup, container));
        containerAt = Map.copyOf(containersNow);
        kernel.memory().armed(kept.size());
    }

    void disarm(String container) {
        @Nullable Kept of = kept.remove(container);
        if (of != null) {
            letGo(of.cgroup());
            changed();
            of.marks().remove(of.arming().pid());
        }
    }

    List<Armed> all() {
        List<Armed> all = new ArrayList<>();
        kept.forEach((container, of) -> all.add(armed(container, of)));
        return all;
    }

    private Armed armed(String container, Kept of) {
        return new Armed(
                container,
                of.sinceNs(),
                of.marks().count(),
                of.marks().storage(),
                of.marks().trouble(),
                refusals.of(of.cgroup()));
    }
}
