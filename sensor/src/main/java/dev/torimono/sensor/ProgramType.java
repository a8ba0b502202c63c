// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.util.Locale;

/** Kinds of kernel hooks that {@link KernelProbe} tries, each by loading and attaching one. */
public enum ProgramType {
    TP_BTF("typed tracepoints; what the sensor runs on"),
    RAW_TP("untyped tracepoints"),
    TRACEPOINT("tracepoints with a stable layout"),
    FENTRY("entry of kernel functions, cheaper than tracepoints on every call"),
    FMOD_RET("may replace the result of a kernel function"),
    KPROBE("any instruction of the kernel"),
    LSM("may refuse what a process wants to do"),
    RINGBUF("the ring on which events leave the kernel, since 5.8"),
    ITER("walks the tasks that run already"),
    SEND_SIGNAL("kills in the kernel, before the new program's first instruction");

    private final String use;

    ProgramType(String use) {
        this.use = use;
    }

    /** What it is good for. */
    public String use() {
        return use;
    }

    String program() {
        return "probe_" + name().toLowerCase(Locale.ROOT);
    }
}
