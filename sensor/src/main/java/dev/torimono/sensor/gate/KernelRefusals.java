// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the security module refuses in each cgroup. One thread at a time. */
final class KernelRefusals {
    /** {@code enum armed_flag}. */
    private static final long REFUSE_FOREIGN = 1 << 2;

    private static final long REFUSE_LISTED = 1 << 3;

    /** {@code PROHIBITED_PATH_BYTES}, the NUL included. */
    private static final int PATH_BYTES = 256;

    private final KernelSide kernel;
    private final Map<Long, Refusal> inForce = new HashMap<>();

    KernelRefusals(KernelSide kernel) {
        this.kernel = kernel;
    }

    /**
     * Prepares what a cgroup is to be armed with: paths that are new are there before the flags
     * are, and those that are not prohibited any more are gone.
     *
     * @return what can be refused of it
     */
    Refusal prepare(long cgroup, Refusal wanted) {
        Refusal before = inForce.getOrDefault(cgroup, Refusal.NONE);
        Refusal now = wanted.none() || !kernel.attachRefusal().isEmpty() ? Refusal.NONE : wanted;
        Set<String> paths = new HashSet<>();
        for (String path : now.paths()) {
            boolean fits = path.getBytes(StandardCharsets.UTF_8).length < PATH_BYTES;
            if (before.paths().contains(path) || (fits && kernel.prohibit(cgroup, path))) {
                paths.add(path);
            }
        }
        before.paths().stream()
                .filter(path -> !paths.contains(path))
                .forEach(path -> kernel.permit(cgroup, path));
        Refusal refusal = new Refusal(now.foreign(), paths);
        if (refusal.none()) {
            inForce.remove(cgroup);
        } else {
            inForce.put(cgroup, refusal);
        }
        return refusal;
    }

    /** What is in force in a cgroup. */
    Refusal of(long cgroup) {
        return inForce.getOrDefault(cgroup, Refusal.NONE);
    }

    static long flags(Refusal refusal) {
        return (refusal.foreign() ? REFUSE_FOREIGN : 0)
                | (refusal.paths().isEmpty() ? 0 : REFUSE_LISTED);
    }
}
