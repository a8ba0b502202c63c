// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.format.JsonWriter;
import dev.torimono.sensor.AttachPlan;
import dev.torimono.sensor.Capability;
import dev.torimono.sensor.Hook;
import dev.torimono.sensor.KernelReport;
import dev.torimono.sensor.ProgramType;
import dev.torimono.sensor.Support;
import dev.torimono.sensor.seccomp.SeccompSensor;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A diagnosis as JSON, with every reason at full length. */
final class DiagnosisJson {
    private DiagnosisJson() {}

    static String of(Diagnosis diagnosis) {
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
        json.endObject();
        json.name("permissions").beginObject();
        json.name("user").string(System.getProperty("user.name", ""));
        json.name("capabilities")
                .value(kernel.capabilities().stream().map(Enum::name).sorted().toList());
        json.name("missing")
                .value(Permissions.missing(kernel).stream().map(Capability::name).toList());
        json.endObject();
        json.name("hooks").beginArray();
        for (ProgramType type : ProgramType.values()) {
            hook(json, lower(type), kernel.support(type));
        }
        hook(json, "fanotify", kernel.fanotifyExecPermission());
        json.endArray();
        plan(json, kernel);
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
        json.name("agent").beginObject();
        diagnosis.agent().forEach((name, value) -> json.name(name).string(value));
        json.endObject();
        String obstacle = SeccompSensor.obstacle();
        json.name("seccomp").beginObject();
        json.name("works").bool(obstacle == null);
        json.name("reason").string(obstacle == null ? "" : obstacle).endObject();
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
        json.name("stronger_actions").value(Ladder.notReached(kernel));
        json.name("notes").value(diagnosis.notes());
        json.name("problems").value(diagnosis.problems());
        return new String(json.endObject().toBytes(), StandardCharsets.UTF_8);
    }

    private static void plan(JsonWriter json, KernelReport kernel) {
        json.name("plan").beginArray();
        for (AttachPlan.Choice choice : kernel.plan().choices()) {
            json.beginObject();
            json.name("concern").string(lower(choice.concern()));
            json.name("means").string(choice.means());
            json.name("how").string(choice.how());
            json.name("better").beginArray();
            for (AttachPlan.Other other : choice.better()) {
                json.beginObject();
                json.name("means").string(other.means());
                json.name("reason").string(other.reason()).endObject();
            }
            json.endArray();
            json.endObject();
        }
        json.endArray();
    }

    private static void hook(JsonWriter json, String name, Support support) {
        json.beginObject();
        json.name("name").string(name);
        json.name("works").bool(support.works());
        json.name("reason").string(support.reason()).endObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
