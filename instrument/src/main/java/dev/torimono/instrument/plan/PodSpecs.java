// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.plan;

import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import java.util.List;
import java.util.Map;

/** Where kinds of Kubernetes objects keep their pods. Other kinds are left as they are. */
final class PodSpecs {
    private static final List<String> TEMPLATE = List.of("spec", "template", "spec");

    private static final Map<String, List<String>> PATHS =
            Map.of(
                    "Pod", List.of("spec"),
                    "Deployment", TEMPLATE,
                    "StatefulSet", TEMPLATE,
                    "DaemonSet", TEMPLATE,
                    "ReplicaSet", TEMPLATE,
                    "ReplicationController", TEMPLATE,
                    "Job", TEMPLATE,
                    "PodTemplate", List.of("template", "spec"),
                    "CronJob", List.of("spec", "jobTemplate", "spec", "template", "spec"));

    private PodSpecs() {}

    static void find(Source source, Mapping object, List<Workload> found) {
        String kind = object.text("kind");
        if (object.get("items") instanceof Sequence items
                && kind != null
                && kind.endsWith("List")) {
            Definitions.mappings(items).stream()
                    .filter(one -> one.text("kind") != null)
                    .forEach(one -> find(source, one, found));
            return;
        }
        List<String> path = PATHS.get(kind);
        if (path == null) {
            return;
        }
        String name =
                object.get("metadata") instanceof Mapping metadata ? metadata.text("name") : null;
        String what = kind + (name == null ? "" : " " + name);
        Mapping at = object;
        for (String key : path) {
            Node next = at.get(key);
            if (!(next instanceof Mapping mapping)) {
                throw source.error(
                        next == null ? at.from() : next.from(),
                        what
                                + ": expected a mapping "
                                + key
                                + ", found "
                                + (next == null ? "none" : Node.kind(next)));
            }
            at = mapping;
        }
        Node containers = at.get("containers");
        if (containers == null) {
            throw source.error(at.from(), what + ": has no containers");
        }
        Workload task = Definitions.task(source, what, Dialect.KUBERNETES, at, containers);
        String restart = at.text("restartPolicy");
        boolean job = "Job".equals(kind) || "CronJob".equals(kind);
        boolean ends = job || "Never".equals(restart) || "OnFailure".equals(restart);
        found.add(new Workload(source, what, task.dialect(), at, task.containers(), ends));
    }
}
