// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.query;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What filters may ask for: names, their types, and families of names that events bring along. */
public final class Attributes {
    /** How values compare. */
    public enum Type {
        STRING,
        NUMBER
    }

    private static final Map<String, Type> NAMED = named();

    /** The same, to look up: every label and field of every event is asked for. */
    private static final Map<String, Type> TYPES = Map.copyOf(NAMED);

    /** Sysdig's other spellings of the same. */
    private static final Map<String, String> ALIASES =
            Map.of(
                    "policyName", "name",
                    "ruleTag", "ruleTags",
                    "kubernetes.cluster", "kubernetes.cluster.name",
                    "container.image.repository", "container.image.repo",
                    "host.name", "host.hostName",
                    "agent.id", "agentId");

    /** Families: labels, and the fields of rules under their own names. */
    private static final List<String> PREFIXES =
            List.of(
                    "agent.tag.",
                    "container.label.",
                    "kubernetes.",
                    "aws.",
                    "cloudProvider.",
                    "proc.",
                    "fd.",
                    "evt.",
                    "user.",
                    "group.",
                    "k8s.",
                    "container.",
                    "thread.");

    private Attributes() {}

    /** The name under which events have it; null when there is no such attribute. */
    public static @Nullable String canonical(String name) {
        String alias = ALIASES.get(name);
        if (alias != null) {
            return alias;
        }
        if (TYPES.containsKey(name)) {
            return name;
        }
        for (String prefix : PREFIXES) {
            if (name.startsWith(prefix)) {
                return name;
            }
        }
        return null;
    }

    public static Type type(String canonical) {
        return TYPES.getOrDefault(canonical, Type.STRING);
    }

    /** Those with a fixed name, sorted. */
    public static Map<String, Type> all() {
        return NAMED;
    }

    private static Map<String, Type> named() {
        Map<String, Type> names = new TreeMap<>();
        Stream.of(
                        "id",
                        "name",
                        "description",
                        "category",
                        "originator",
                        "source",
                        "engine",
                        "rawEventOriginator",
                        "rawEventCategory",
                        "ruleName",
                        "ruleTags",
                        "priority",
                        "action",
                        "actionStatus",
                        "mode",
                        "agentId",
                        "containerId",
                        "machineId",
                        "host.hostName",
                        "host.mac",
                        "container.id",
                        "container.name",
                        "container.image.repo",
                        "container.image.tag",
                        "container.image.id",
                        "container.image.digest",
                        "kubernetes.cluster.name",
                        "kubernetes.namespace.name",
                        "kubernetes.pod.name",
                        "kubernetes.deployment.name",
                        "kubernetes.workload.name",
                        "kubernetes.workload.type",
                        "process.name",
                        "process.exepath",
                        "user.name",
                        "status",
                        "statusBy",
                        "alertId",
                        "incidentId")
                .forEach(name -> names.put(name, Type.STRING));
        Stream.of("severity", "policyId", "ruleType", "process.pid", "muteId")
                .forEach(name -> names.put(name, Type.NUMBER));
        return java.util.Collections.unmodifiableMap(names);
    }
}
