// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.sensor.Capability;
import dev.torimono.sensor.KernelReport;
import java.util.List;
import java.util.Set;

/** What this process may do, of what the agent needs. */
final class Permissions {
    /** Lifts limits that the agent stays below. */
    private static final Set<Capability> DISPENSABLE = Set.of(Capability.CAP_SYS_RESOURCE);

    private Permissions() {}

    /** Whether BPF programs can be loaded at all. */
    static boolean mayLoad(KernelReport kernel) {
        return kernel.capabilities().contains(Capability.CAP_SYS_ADMIN)
                || kernel.capabilities()
                        .containsAll(List.of(Capability.CAP_BPF, Capability.CAP_PERFMON));
    }

    /** Capabilities that something of the agent would use and that are not there. */
    static List<Capability> missing(KernelReport kernel) {
        return java.util.Arrays.stream(Capability.values())
                .filter(capability -> !DISPENSABLE.contains(capability))
                .filter(capability -> !kernel.capabilities().contains(capability))
                .toList();
    }
}
