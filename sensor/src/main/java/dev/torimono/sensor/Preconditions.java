// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.sensor.SensorException.Reason;
import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.BpfObject;
import dev.torimono.sensor.bpf.Errno;
import java.util.List;

/** What must hold before a program can be loaded, and what a failed load most likely means. */
final class Preconditions {
    /** What verifiers say to functions given to helpers (since 5.13), and to helpers they lack. */
    private static final List<String> TOO_OLD =
            List.of(
                    "unrecognized bpf_ld_imm64 insn",
                    "invalid func unknown#",
                    "doesn't match number of subprogs");

    private Preconditions() {}

    static void check(HostFiles host) {
        long mask = host.capabilities();
        boolean may =
                Capability.CAP_SYS_ADMIN.in(mask)
                        || (Capability.CAP_BPF.in(mask) && Capability.CAP_PERFMON.in(mask));
        if (!may) {
            throw new SensorException(
                    Reason.NOT_ROOT,
                    "kernel sensor: no CAP_BPF and CAP_PERFMON: run as root, or grant both");
        }
        if (!host.hasBtf()) {
            throw new SensorException(
                    Reason.NO_BTF,
                    "kernel sensor: /sys/kernel/btf/vmlinux is missing: use a kernel built with"
                            + " CONFIG_DEBUG_INFO_BTF, 5.13 or later");
        }
        if (!BpfObject.libraryPresent()) {
            throw new SensorException(
                    Reason.NO_LIBBPF,
                    "kernel sensor: libbpf.so.1 is missing: install the package libbpf1");
        }
    }

    static SensorException explain(BpfException e, HostFiles host) {
        boolean refused = e.errno() == Errno.EPERM || e.errno() == Errno.EACCES;
        if (refused && host.lockdown() == Lockdown.CONFIDENTIALITY) {
            return new SensorException(
                    Reason.LOCKED_DOWN,
                    "kernel sensor: the kernel is locked down for confidentiality: boot with"
                            + " lockdown=integrity",
                    e);
        }
        if (TOO_OLD.stream().anyMatch(e.log()::contains)) {
            return new SensorException(
                    Reason.LOAD_FAILED,
                    "kernel sensor: this kernel ("
                            + host.kernelRelease()
                            + ") is too old for the programs: use 5.13 or later; its verifier says:"
                            + " "
                            + e.getMessage(),
                    e);
        }
        return new SensorException(
                Reason.LOAD_FAILED, "kernel sensor: programs were refused: " + e.getMessage(), e);
    }
}
