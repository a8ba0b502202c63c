// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.Settings;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.write.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an ECS task needs: launcher by a volume of the sidecar's image, one pid namespace. */
final class TaskPlan {
    private final Plan plan;
    private final Workload workload;
    private final Settings settings;
    private final Changes changes;

    TaskPlan(Plan plan) {
        this.plan = plan;
        this.workload = plan.workload();
        this.settings = plan.settings();
        this.changes = plan.changes();
    }

    void write(List<Container> covered) {
        Start start = new Start(plan);
        covered.forEach(one -> plan.attempt(() -> cover(one, start)));
        plan.attempt(this::task);
        changes.undo().add("+$=" + Names.SIDECAR);
        List<Value> variables = new ArrayList<>();
        Value sidecar = sidecar(covered, variables);
        changes.item(workload.containers(), sidecar);
        plan.remember(variables, start);
    }

    private void cover(Container container, Start start) {
        Mapping body = container.body();
        String path = container.path();
        start.through(container);
        plan.refuseMount(container, "mountPoints", "containerPath");
        Value name = workload.dialect().copy(workload.source(), name(body));
        changes.ensure(
                path,
                body,
                List.of("environment"),
                List.of(Names.PRIORITY, Names.CONTAINER),
                List.of(
                        plan.variable(
                                Names.PRIORITY,
                                Value.text(settings.get(Settings.Key.PRIORITY, "availability"))),
                        plan.variable(Names.CONTAINER, name)));
        changes.ensure(
                path,
                body,
                List.of("linuxParameters", "capabilities", "add"),
                List.of(Names.CAPABILITY),
                List.of(Value.text(Names.CAPABILITY)));
        changes.ensure(
                path,
                body,
                List.of("volumesFrom"),
                List.of(Names.SIDECAR),
                List.of(
                        Value.fields(
                                workload.key(body, "sourceContainer"),
                                Value.text(Names.SIDECAR),
                                workload.key(body, "readOnly"),
                                new Value.Literal("true"))));
        changes.ensure(
                path,
                body,
                List.of("dependsOn"),
                List.of(Names.SIDECAR),
                List.of(
                        Value.fields(
                                workload.key(body, "containerName"),
                                Value.text(Names.SIDECAR),
                                workload.key(body, "condition"),
                                Value.text("START"))));
    }

    private Node name(Mapping body) {
        Node name = workload.value(body, "name");
        if (name == null) {
            throw workload.source().error(body.from(), "a container without a name");
        }
        return name;
    }

    /** Every process of the task in one pid namespace, where the agent can see it. */
    private void task() {
        Mapping root = workload.root();
        String key = workload.dialect() == Dialect.TERRAFORM ? "pid_mode" : "pidMode";
        if (root == null) {
            plan.note(
                    plan.place()
                            + ": this is a list of containers only; the task definition that holds"
                            + " it must say pidMode: task");
            return;
        }
        refuseWindows(root);
        Entry mode = workload.entry(root, key);
        if (mode == null || Changes.isEmpty(mode.value())) {
            if (mode == null) {
                String name =
                        workload.dialect() == Dialect.TERRAFORM ? key : workload.key(root, key);
                changes.key(".", root, name, Value.text("task"));
            } else {
                changes.value(".", mode, root.form(), Value.text("task"));
            }
        } else if (mode.value() instanceof Scalar scalar && scalar.value().equals("host")) {
            plan.note(
                    workload.source().at(mode.from())
                            + ": pid mode host is left as it is; the agent sees the whole host");
        } else if (!(mode.value() instanceof Scalar scalar && scalar.value().equals("task"))) {
            throw workload.source()
                    .error(
                            mode.value().from(),
                            mode.key() + " must be \"task\"; it cannot be changed here");
        }
    }

    private void refuseWindows(Mapping root) {
        if (workload.value(root, "runtimePlatform") instanceof Mapping platform
                && workload.text(platform, "operatingSystemFamily").startsWith("WINDOWS")) {
            throw workload.source().error(platform.from(), "Windows containers cannot be covered");
        }
    }

    private Value sidecar(List<Container> covered, List<Value> variables) {
        Map<String, Value> fields = new LinkedHashMap<>();
        put(fields, "name", Value.text(Names.SIDECAR));
        put(fields, "image", text(settings.get(Settings.Key.IMAGE, Names.IMAGE)));
        if (settings.has(Settings.Key.IMAGE_PULL_SECRET)) {
            Value secret = text(settings.get(Settings.Key.IMAGE_PULL_SECRET));
            put(fields, "repositoryCredentials", fields("credentialsParameter", secret));
        }
        put(fields, "essential", new Value.Literal(Boolean.toString(settings.secures())));
        Mapping root = workload.root();
        if (settings.has(Settings.Key.MEMORY)
                || (root != null && workload.entry(root, "memory") == null)) {
            // Without memory of the task, ECS wants it of each container.
            put(
                    fields,
                    "memoryReservation",
                    new Value.Literal(settings.get(Settings.Key.MEMORY, "256")));
        }
        if (settings.has(Settings.Key.COLLECTOR)) {
            variables.add(
                    plan.variable(
                            "TORIMONO_FLEET_COLLECTOR",
                            text(settings.get(Settings.Key.COLLECTOR))));
        }
        if (settings.has(Settings.Key.FINGERPRINT)) {
            variables.add(
                    plan.variable(
                            "TORIMONO_FLEET_FINGERPRINT",
                            text(settings.get(Settings.Key.FINGERPRINT))));
        }
        put(fields, "environment", new Value.Many(variables));
        if (settings.has(Settings.Key.ACCESS_KEY_SECRET)) {
            put(
                    fields,
                    "secrets",
                    Value.many(
                            Value.fields(
                                    plan.key("name"),
                                    Value.text("TORIMONO_FLEET_ACCESS_KEY"),
                                    plan.key("valueFrom"),
                                    text(settings.get(Settings.Key.ACCESS_KEY_SECRET)))));
        }
        put(
                fields,
                "linuxParameters",
                fields("capabilities", fields("add", Value.many(Value.text(Names.CAPABILITY)))));
        Value log = log(covered);
        if (log != null) {
            put(fields, "logConfiguration", log);
        }
        return new Value.Fields(fields);
    }

    private void put(Map<String, Value> fields, String key, Value value) {
        fields.put(plan.key(key), value);
    }

    private Value fields(String key, Value value) {
        return Value.fields(plan.key(key), value);
    }

    private Value text(String text) {
        return workload.dialect().text(text);
    }

    /** Where it was said, else where the first covered container writes to CloudWatch. */
    private @Nullable Value log(List<Container> covered) {
        if (settings.has(Settings.Key.LOG_GROUP)) {
            String region =
                    settings.get(
                            Settings.Key.LOG_REGION, workload.capitals() ? "${AWS::Region}" : "");
            if (region.isEmpty()) {
                throw new InstrumentException(
                        plan.place() + ": a log group needs --log-region, too");
            }
            return Value.fields(
                    plan.key("logDriver"),
                    Value.text("awslogs"),
                    plan.key("options"),
                    Value.fields(
                            "awslogs-group",
                            text(settings.get(Settings.Key.LOG_GROUP)),
                            "awslogs-region",
                            text(region),
                            "awslogs-stream-prefix",
                            text(settings.get(Settings.Key.LOG_PREFIX, Names.SIDECAR))));
        }
        for (Container container : covered) {
            if (workload.value(container.body(), "logConfiguration") instanceof Mapping mapping
                    && workload.text(mapping, "logDriver").equals("awslogs")) {
                return copy(mapping);
            }
        }
        plan.note(
                plan.place() + ": the agent's own log goes nowhere; --log-group gives it a place");
        return null;
    }

    private @Nullable Value copy(Mapping log) {
        try {
            return workload.dialect().copy(workload.source(), log);
        } catch (InstrumentException e) {
            plan.note(e.headline() + "; the agent's own log goes nowhere, unless --log-group says");
            return null;
        }
    }
}
