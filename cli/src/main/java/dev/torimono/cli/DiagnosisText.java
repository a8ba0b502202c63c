// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.format.JsonWriter;
import dev.torimono.sensor.Hook;
import dev.torimono.sensor.KernelReport;
import dev.torimono.sensor.ProgramType;
import dev.torimono.sensor.Strength;
import dev.torimono.sensor.Support;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A diagnosis for people, and as JSON. */
final class DiagnosisText {
    private DiagnosisText() {}

    static String of(Diagnosis diagnosis) {
        StringBuilder out = new StringBuilder();
        kernel(out, diagnosis.kernel());
        heading(out, "Kernel hooks");
        for (ProgramType type : ProgramType.values()) {
            Support support = support(diagnosis.kernel(), type);
            String state = support.works() ? "works" : "refused";
            row(out, name(type), state + "  " + detail(support, type.use()));
        }
        Support fanotify = diagnosis.kernel().fanotifyExecPermission();
        row(
                out,
                "fanotify",
                (fanotify.works() ? "works" : "refused")
                        + "  "
                        + detail(fanotify, "may refuse execs"));
        heading(out, "Attach plan");
        for (Hook hook : diagnosis.plan()) {
            String state = hook.attached() ? "" : " (not wanted by the rules)";
            out.append("  ").append(hook.programType()).append(' ').append(hook.point());
            out.append(state).append(": ").append(hook.why()).append('\n');
        }
        row(out, "kernel filter", diagnosis.filter());
        heading(out, "Container runtimes");
        for (RuntimeProbe.Found found : diagnosis.runtimes()) {
            row(out, found.runtime(), found.version() + " at " + found.socket() + remark(found));
        }
        heading(out, "Strongest action");
        out.append("  ").append(words(diagnosis.kernel().strongest())).append('\n');
        list(out, "Notes", diagnosis.notes());
        list(out, "Problems", diagnosis.problems());
        out.append('\n');
        out.append(
                diagnosis.healthy()
                        ? "The agent works on this machine."
                        : "The agent does not work on this machine; see the problems above.");
        return out.toString();
    }

    private static void kernel(StringBuilder out, KernelReport kernel) {
        heading(out, "Kernel");
        row(out, "release", kernel.release());
        row(out, "BTF", kernel.btf() ? "yes" : "no");
        row(out, "libbpf", kernel.libbpf() ? "yes" : "no");
        row(out, "lockdown", lower(kernel.lockdown()));
        row(out, "security", String.join(", ", kernel.securityModules()));
        row(out, "cgroups", lower(kernel.cgroupMode()));
        row(out, "capabilities", String.join(" ", capabilities(kernel)));
    }

    static String json(Diagnosis diagnosis) {
        KernelReport kernel = diagnosis.kernel();
        JsonWriter json = new JsonWriter().beginObject();
        json.name("healthy").bool(diagnosis.healthy());
        json.name("kernel").beginObject();
        json.name("release").string(kernel.release());
        json.name("btf").bool(kernel.btf());
        json.name("libbpf").bool(kernel.libbpf());
        json.name("lockdown").string(lower(kernel.lockdown()));
        json.name("security_modules").value(kernel.securityModules());
        json.name("cgroups").string(lower(kernel.cgroupMode()));
        json.name("capabilities").value(capabilities(kernel));
        json.endObject();
        json.name("hooks").beginArray();
        for (ProgramType type : ProgramType.values()) {
            hook(json, name(type), support(kernel, type));
        }
        hook(json, "fanotify", kernel.fanotifyExecPermission());
        json.endArray();
        json.name("attach_plan").beginArray();
        for (Hook hook : diagnosis.plan()) {
            json.beginObject();
            json.name("point").string(hook.point());
            json.name("type").string(hook.programType());
            json.name("why").string(hook.why());
            json.name("attached").bool(hook.attached()).endObject();
        }
        json.endArray();
        json.name("kernel_filter").string(diagnosis.filter());
        json.name("runtimes").beginArray();
        for (RuntimeProbe.Found found : diagnosis.runtimes()) {
            json.beginObject();
            json.name("runtime").string(found.runtime());
            json.name("socket").string(found.socket().toString());
            json.name("version").string(found.version());
            json.name("remark").string(found.remark()).endObject();
        }
        json.endArray();
        json.name("strongest_action").string(lower(kernel.strongest()));
        json.name("notes").value(diagnosis.notes());
        json.name("problems").value(diagnosis.problems());
        return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
    }

    private static void hook(JsonWriter json, String name, Support support) {
        json.beginObject();
        json.name("name").string(name);
        json.name("works").bool(support.works());
        json.name("reason").string(support.reason()).endObject();
    }

    private static List<String> capabilities(KernelReport kernel) {
        return kernel.capabilities().stream().map(Enum::name).sorted().toList();
    }

    private static Support support(KernelReport kernel, ProgramType type) {
        return kernel.programs().getOrDefault(type, new Support(false, "not tried"));
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

    private static String detail(Support support, String use) {
        return support.works() ? use : support.reason() + " (" + use + ")";
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
