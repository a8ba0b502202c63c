// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

/** Capabilities that matter here, by their bit. */
public enum Capability {
    CAP_DAC_READ_SEARCH(2),
    CAP_KILL(5),
    CAP_SYS_PTRACE(19),
    CAP_SYS_ADMIN(21),
    CAP_SYS_RESOURCE(24),
    CAP_PERFMON(38),
    CAP_BPF(39);

    private final int bit;

    Capability(int bit) {
        this.bit = bit;
    }

    /** Whether a capability mask as in /proc/PID/status has it. */
    public boolean in(long mask) {
        return (mask >>> bit & 1) != 0;
    }
}
