// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What this kernel lets this process do; for {@code torimono doctor}.
 *
 * @param release the kernel's release
 * @param btf whether the kernel describes its types
 * @param libbpf whether the library is installed
 * @param lockdown lockdown mode
 * @param securityModules security modules in force; empty when securityfs is not mounted
 * @param capabilities effective capabilities among those that matter
 * @param cgroupMode how cgroups are mounted
 * @param programs each program type, tried
 * @param fanotifyExecPermission whether execs can be held for a verdict
 */
public record KernelReport(
        String release,
        boolean btf,
        boolean libbpf,
        Lockdown lockdown,
        List<String> securityModules,
        Set<Capability> capabilities,
        CgroupMode cgroupMode,
        Map<ProgramType, Support> programs,
        Support fanotifyExecPermission) {

    public KernelReport {
        securityModules = List.copyOf(securityModules);
        capabilities = Set.copyOf(capabilities);
        programs = Map.copyOf(programs);
    }

    public boolean works(ProgramType type) {
        Support support = programs.get(type);
        return support != null && support.works();
    }

    /** Whether the sensor can run here. */
    public boolean sensorWorks() {
        return btf && libbpf && works(ProgramType.TP_BTF) && works(ProgramType.RINGBUF);
    }

    /** Whether something that was tried works, and why not. */
    public Support support(ProgramType type) {
        return programs.getOrDefault(type, Support.no("not tried"));
    }

    /** How each concern of the sensor is met here, and what keeps the better ways away. */
    public AttachPlan plan() {
        return AttachPlan.of(this);
    }

    /** The strongest action on an exec. */
    public Strength strongest() {
        if (works(ProgramType.LSM)) {
            return Strength.PREVENT_LSM;
        }
        if (fanotifyExecPermission.works()) {
            return Strength.PREVENT_FANOTIFY;
        }
        if (works(ProgramType.SEND_SIGNAL)) {
            return Strength.KILL;
        }
        return sensorWorks() ? Strength.DETECT : Strength.NOTHING;
    }
}
