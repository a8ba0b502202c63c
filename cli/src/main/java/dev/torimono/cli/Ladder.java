// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.sensor.KernelReport;
import dev.torimono.sensor.ProgramType;
import dev.torimono.sensor.Strength;
import dev.torimono.sensor.Support;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Why no stronger action is possible than the one that is. */
final class Ladder {
    private static final Path TRACE_EVENTS = Path.of("/sys/kernel/tracing/events");
    private static final Path OLD_TRACE_EVENTS = Path.of("/sys/kernel/debug/tracing/events");

    private Ladder() {}

    /** Each stronger action, and what keeps it away; strongest first. */
    static List<String> notReached(KernelReport kernel) {
        Strength reached = kernel.strongest();
        List<String> lines = new ArrayList<>();
        if (reached.compareTo(Strength.PREVENT_LSM) < 0) {
            lines.add("not prevent by LSM: " + lsm(kernel));
        }
        if (reached.compareTo(Strength.PREVENT_FANOTIFY) < 0) {
            lines.add("not prevent by fanotify: " + why(kernel, kernel.fanotifyExecPermission()));
        }
        if (reached.compareTo(Strength.KILL) < 0) {
            Support kill = kernel.programs().get(ProgramType.SEND_SIGNAL);
            lines.add("not kill in the kernel: " + why(kernel, kill));
        }
        return lines;
    }

    private static String lsm(KernelReport kernel) {
        if (!Permissions.mayLoad(kernel)) {
            return why(kernel, null);
        }
        return why(kernel.support(ProgramType.LSM));
    }

    private static String why(
            KernelReport kernel, @org.jspecify.annotations.Nullable Support support) {
        if (!Permissions.mayLoad(kernel) || support == null) {
            return "the capabilities for it are missing; run as root";
        }
        return why(support);
    }

    /** A reason in the words of someone who wants to do something about it. */
    static String why(Support support) {
        String reason = support.reason();
        boolean traced = Files.isDirectory(TRACE_EVENTS) || Files.isDirectory(OLD_TRACE_EVENTS);
        if (reason.contains("kprobe event") && reason.contains("No such file")) {
            return traced ? "this kernel has no kprobes" : "tracefs is not mounted";
        }
        if (reason.contains("perf event ID") && reason.contains("No such file")) {
            return traced
                    ? "this kernel has no such tracepoint"
                    : "tracefs is not mounted: mount -t tracefs tracefs /sys/kernel/tracing";
        }
        if (reason.contains("EPERM")) {
            return "this kernel forbids it, also to root";
        }
        return reason;
    }
}
