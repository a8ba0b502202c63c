// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.sensor.AttachPlan;
import dev.torimono.sensor.CgroupMode;
import dev.torimono.sensor.Hook;
import dev.torimono.sensor.KernelReport;
import dev.torimono.sensor.ProgramType;
import dev.torimono.sensor.Strength;
import dev.torimono.sensor.Support;
import dev.torimono.sensor.seccomp.SeccompSensor;
import java.util.List;
import java.util.Locale;

/** A diagnosis for people. */
final class DiagnosisText {
    private DiagnosisText() {}

    static String of(Diagnosis diagnosis) {
        StringBuilder out = new StringBuilder();
        kernel(out, diagnosis.kernel());
        hooks(out, diagnosis.kernel());
        plan(out, diagnosis.kernel());
        heading(out, "Attach points");
        for (Hook hook : diagnosis.plan()) {
            String state = hook.attached() ? "" : " (not wanted by the rules)";
            out.append("  ").append(hook.programType()).append(' ').append(hook.point());
            out.append(state).append(": ").append(hook.why()).append('\n');
        }
        if (diagnosis.plan().isEmpty()) {
            out.append("  none: the sensor cannot attach\n");
        } else {
            row(out, "kernel filter", diagnosis.filter());
        }
        heading(out, "Without the kernel");
        String obstacle = SeccompSensor.obstacle();
        row(out, "seccomp", obstacle == null ? "works    sensor.kind=seccomp" : obstacle);
        heading(out, "Container runtimes");
        if (diagnosis.runtimes().isEmpty()) {
            out.append("  none found\n");
        }
        for (RuntimeProbe.Found found : diagnosis.runtimes()) {
            row(out, found.runtime(), found.version() + " at " + found.socket() + remark(found));
        }
        heading(out, "Strongest action");
        out.append("  ").append(words(diagnosis.kernel().strongest())).append('\n');
        Ladder.notReached(diagnosis.kernel())
                .forEach(why -> out.append("  ").append(why).append('\n'));
        if (!diagnosis.agent().isEmpty()) {
            heading(out, "Running agent");
            diagnosis.agent().forEach((name, value) -> row(out, name, value));
        }
        list(out, "Notes", diagnosis.notes());
        list(out, "Problems", diagnosis.problems());
        out.append('\n');
        out.append(
                diagnosis.healthy()
                        ? "The agent works on this machine."
                        : "The agent does not work on this machine; see the problems above.");
        return out.toString();
    }

    /** What is used, and of what would be better, why it is not. */
    private static void plan(StringBuilder out, KernelReport kernel) {
        heading(out, "Attach plan");
        if (!Permissions.mayLoad(kernel)) {
            out.append("  none: nothing was tried\n");
            return;
        }
        for (AttachPlan.Choice choice : kernel.plan().choices()) {
            out.append(
                    "  %-18s %s: %s%n"
                            .formatted(choice.concern().text(), choice.means(), choice.how()));
            for (AttachPlan.Other other : choice.better()) {
                out.append("  %-18s not %s: %s%n".formatted("", other.means(), other.reason()));
            }
        }
    }

    private static void kernel(StringBuilder out, KernelReport kernel) {
        heading(out, "Kernel");
        row(out, "release", kernel.release());
        row(out, "BTF", kernel.btf() ? "yes" : "no");
        row(out, "libbpf", kernel.libbpf() ? "yes" : "no");
        row(out, "lockdown", lower(kernel.lockdown()));
        row(out, "security", String.join(", ", kernel.securityModules()));
        row(out, "cgroups", cgroups(kernel.cgroupMode()));
        heading(out, "Permissions");
        row(out, "user", System.getProperty("user.name", "unknown"));
        row(out, "capabilities", String.join(" ", capabilities(kernel)));
        List<String> missing = Permissions.missing(kernel).stream().map(Enum::name).toList();
        row(out, "missing", String.join(" ", missing));
    }

    private static void hooks(StringBuilder out, KernelReport kernel) {
        heading(out, "Kernel hooks");
        if (!Permissions.mayLoad(kernel)) {
            out.append("  not tried: loading them needs CAP_BPF and CAP_PERFMON\n");
            return;
        }
        for (ProgramType type : ProgramType.values()) {
            hook(out, name(type), kernel.support(type), type.use());
        }
        hook(out, "fanotify", kernel.fanotifyExecPermission(), "may refuse execs");
    }

    private static void hook(StringBuilder out, String name, Support support, String use) {
        if (support.works()) {
            row(out, name, "works    " + use);
        } else {
            row(out, name, "refused  " + use);
            out.append(" ".repeat(25)).append("why: ").append(Ladder.why(support)).append('\n');
        }
    }

    private static String cgroups(CgroupMode mode) {
        return switch (mode) {
            case NONE -> "none mounted: containers cannot be told apart";
            case V1 -> "v1: containers are told apart by the pids controller";
            case HYBRID ->
                    "hybrid (v1 controllers beside v2): containers are told apart by the pids controller";
            case V2 -> "v2: containers are told apart by the one hierarchy";
        };
    }

    private static List<String> capabilities(KernelReport kernel) {
        return kernel.capabilities().stream().map(Enum::name).sorted().toList();
    }

    private static String words(Strength strength) {
        return switch (strength) {
            case NOTHING -> "none: nothing is even seen";
            case DETECT -> "detect: seen, and ended from user space, too late for short processes";
            case KILL -> "kill: ended in the kernel before the program's first instruction";
            case PREVENT_FANOTIFY -> "prevent: the exec fails, by fanotify's permission events";
            case PREVENT_LSM -> "prevent: the operation fails, by a BPF security module";
        };
    }

    private static String remark(RuntimeProbe.Found found) {
        return found.remark().isEmpty() ? "" : ": " + found.remark();
    }

    private static void heading(StringBuilder out, String text) {
        out.append(out.isEmpty() ? "" : "\n").append(text).append('\n');
    }

    private static void row(StringBuilder out, String name, String value) {
        out.append("  %-13s %s%n".formatted(name, value.isBlank() ? "none" : value.strip()));
    }

    private static void list(StringBuilder out, String name, List<String> items) {
        if (!items.isEmpty()) {
            heading(out, name);
            items.forEach(item -> out.append("  - ").append(item).append('\n'));
        }
    }

    private static String name(ProgramType type) {
        return lower(type);
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
