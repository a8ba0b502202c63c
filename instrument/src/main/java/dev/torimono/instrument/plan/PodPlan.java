// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.Settings;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Entry;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.write.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What a pod needs: an init container that brings the launcher, and one pid namespace. */
final class PodPlan {
    private static final Value NO = new Value.Literal("false");

    private final Plan plan;
    private final Workload workload;
    private final Settings settings;
    private final Changes changes;
    private final Mapping root;

    PodPlan(Plan plan) {
        this.plan = plan;
        this.workload = plan.workload();
        this.settings = plan.settings();
        this.changes = plan.changes();
        this.root = Objects.requireNonNull(workload.root());
    }

    void write(List<Container> covered) {
        Start start = new Start(plan);
        refuseWindows();
        covered.forEach(one -> plan.attempt(() -> cover(one, start)));
        plan.attempt(this::shareProcesses);
        plan.attempt(this::volumes);
        // A job ends when its containers have; only a sidecar among the init containers lets it,
        // and only that one is there when other init containers run.
        boolean early = workload.ends() || covered.stream().anyMatch(Container::init);
        List<Value> variables = new ArrayList<>();
        Value sidecar = sidecar(variables, early);
        if (!early) {
            changes.undo().add("+$=" + Names.SIDECAR);
            changes.item(workload.containers(), sidecar);
        }
        plan.attempt(() -> init(early ? List.of(launcher(), sidecar) : List.of(launcher())));
        plan.remember(variables, start);
    }

    private void cover(Container container, Start start) {
        Mapping body = container.body();
        start.through(container);
        plan.refuseMount(container, "volumeMounts", "mountPath");
        changes.ensure(
                container.path(),
                body,
                List.of("env"),
                List.of(Names.PRIORITY, Names.CONTAINER),
                List.of(
                        plan.variable(
                                Names.PRIORITY,
                                Value.text(settings.get(Settings.Key.PRIORITY, "availability"))),
                        plan.variable(Names.CONTAINER, Value.text(container.name()))));
        changes.ensure(
                container.path(),
                body,
                List.of("securityContext", "capabilities", "add"),
                List.of(Names.CAPABILITY),
                List.of(Value.text(Names.CAPABILITY)));
        changes.ensure(
                container.path(),
                body,
                List.of("volumeMounts"),
                List.of(Names.VOLUME),
                List.of(mount(true)));
    }

    private static Value mount(boolean readOnly) {
        Value name = Value.text(Names.VOLUME);
        Value path = Value.text(Names.FOLDER);
        return readOnly
                ? Value.fields(
                        "name", name, "mountPath", path, "readOnly", new Value.Literal("true"))
                : Value.fields("name", name, "mountPath", path);
    }

    private void shareProcesses() {
        Entry host = root.entry("hostPID");
        if (host != null
                && host.value() instanceof Scalar scalar
                && scalar.value().equals("true")) {
            plan.note(
                    workload.source().at(host.from())
                            + ": hostPID is left as it is; the agent sees the whole host");
            return;
        }
        Value yes = new Value.Literal("true");
        Entry share = root.entry("shareProcessNamespace");
        if (share == null) {
            changes.key(".", root, "shareProcessNamespace", yes);
        } else if (!(share.value() instanceof Scalar scalar)) {
            throw workload.source()
                    .error(share.value().from(), share.key() + " must be true or false");
        } else if (!scalar.value().equals("true")) {
            changes.value(".", share, root.form(), yes);
        }
    }

    private void volumes() {
        List<Value> volume =
                List.of(
                        Value.fields(
                                "name",
                                Value.text(Names.VOLUME),
                                "emptyDir",
                                new Value.Fields(Map.of())));
        changes.ensure(".", root, List.of("volumes"), List.of(Names.VOLUME), volume);
        if (settings.has(Settings.Key.IMAGE_PULL_SECRET)) {
            String secret = settings.get(Settings.Key.IMAGE_PULL_SECRET);
            List<Value> name = List.of(Value.fields("name", workload.dialect().text(secret)));
            changes.ensure(".", root, List.of("imagePullSecrets"), List.of(secret), name);
        }
    }

    /** Ours go first: what comes behind them may start through the launcher. */
    private void init(List<Value> ours) {
        Entry entry = root.entry("initContainers");
        if (entry == null) {
            changes.key(".", root, "initContainers", new Value.Many(ours));
        } else if (Changes.isEmpty(entry.value())) {
            changes.value(".", entry, root.form(), new Value.Many(ours));
        } else if (entry.value() instanceof Sequence list) {
            changes.first("./initContainers", list, ours);
        } else {
            throw workload.source()
                    .error(
                            entry.value().from(),
                            "initContainers must be a list, found " + Node.kind(entry.value()));
        }
    }

    private Value image() {
        return workload.dialect().text(settings.get(Settings.Key.IMAGE, Names.IMAGE));
    }

    private Value launcher() {
        return Value.fields(
                "name",
                Value.text(Names.LAUNCHER_CONTAINER),
                "image",
                image(),
                "args",
                Value.words(List.of("sidecar", "--launcher-only")),
                "securityContext",
                Value.fields("runAsUser", new Value.Literal("0"), "runAsNonRoot", NO),
                "volumeMounts",
                Value.many(mount(false)));
    }

    private Value sidecar(List<Value> variables, boolean early) {
        Map<String, Value> fields = new LinkedHashMap<>();
        fields.put("name", Value.text(Names.SIDECAR));
        fields.put("image", image());
        if (early) {
            fields.put("restartPolicy", Value.text("Always"));
        }
        variable(variables, "TORIMONO_FLEET_COLLECTOR", Settings.Key.COLLECTOR);
        variable(variables, "TORIMONO_FLEET_FINGERPRINT", Settings.Key.FINGERPRINT);
        if (settings.has(Settings.Key.ACCESS_KEY_SECRET)) {
            variables.add(secret(settings.get(Settings.Key.ACCESS_KEY_SECRET)));
        }
        fields.put("env", new Value.Many(variables));
        if (settings.has(Settings.Key.MEMORY)) {
            Value memory = Value.text(settings.get(Settings.Key.MEMORY) + "Mi");
            fields.put("resources", Value.fields("requests", Value.fields("memory", memory)));
        }
        // Reading other processes' memory takes root, whatever the pod says of its containers.
        fields.put(
                "securityContext",
                Value.fields(
                        "runAsUser",
                        new Value.Literal("0"),
                        "runAsNonRoot",
                        NO,
                        "capabilities",
                        Value.fields("add", Value.many(Value.text(Names.CAPABILITY)))));
        fields.put("volumeMounts", Value.many(mount(false)));
        return new Value.Fields(fields);
    }

    private void variable(List<Value> variables, String name, Settings.Key key) {
        if (settings.has(key)) {
            variables.add(plan.variable(name, workload.dialect().text(settings.get(key))));
        }
    }

    private Value secret(String reference) {
        String[] parts = reference.split("/", -1);
        boolean names = Arrays.stream(parts).allMatch(one -> one.matches("[-._a-zA-Z0-9]+"));
        if (parts.length > 2 || !names) {
            throw new InstrumentException(
                    plan.place()
                            + ": --access-key-secret: expected NAME/KEY of a Kubernetes secret,"
                            + " found \""
                            + reference
                            + "\"");
        }
        return Value.fields(
                "name",
                Value.text("TORIMONO_FLEET_ACCESS_KEY"),
                "valueFrom",
                Value.fields(
                        "secretKeyRef",
                        Value.fields(
                                "name",
                                Value.text(parts[0]),
                                "key",
                                Value.text(parts.length > 1 ? parts[1] : "access-key"))));
    }

    private void refuseWindows() {
        boolean selected =
                root.get("nodeSelector") instanceof Mapping selector
                        && "windows".equals(selector.text("kubernetes.io/os"));
        boolean declared =
                root.get("os") instanceof Mapping os && "windows".equals(os.text("name"));
        if (selected || declared) {
            throw workload.source().error(root.from(), "Windows containers cannot be covered");
        }
    }
}
