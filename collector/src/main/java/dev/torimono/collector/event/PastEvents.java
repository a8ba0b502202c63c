// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import static dev.torimono.collector.event.AlertEvents.objects;
import static dev.torimono.collector.event.AlertEvents.text;

import dev.torimono.model.Container;
import dev.torimono.response.past.PastFinding;
import dev.torimono.response.scope.HostFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Events as findings of the past, for judging what would have become of them. */
public final class PastEvents {
    private static final String TAG = "agent.tag.";
    private static final String CONTAINER_LABEL = "container.label.";

    private PastEvents() {}

    public static PastFinding finding(ObjectNode event) {
        JsonNode content = event.path("content");
        List<String> tags = new ArrayList<>();
        content.path("ruleTags").forEach(tag -> tags.add(tag.asString("")));
        List<String> policies = new ArrayList<>();
        objects(content.get("policies")).forEach(policy -> policies.add(text(policy, "name")));
        List<String> actions = new ArrayList<>();
        objects(event.get("actions"))
                .forEach(one -> actions.add(text(one, "type") + " " + text(one, "status")));
        Map<String, @Nullable Object> fields = fields(event);
        Object process = fields.get("proc.cmdline");
        return new PastFinding(
                text(event, "id"),
                event.path("timestamp").asLong(0),
                text(content, "ruleName"),
                tags,
                container(event),
                process == null ? "" : process.toString(),
                fields,
                policies,
                actions);
    }

    /** The machine that told an event, as far as it says. */
    public static HostFacts host(ObjectNode event) {
        JsonNode labels = event.path("labels");
        return new HostFacts(
                text(labels, "host.hostName"),
                List.of(),
                List.of(),
                text(labels, "kubernetes.cluster.name"),
                text(labels, "kubernetes.node.name"),
                prefixed(labels, TAG));
    }

    /** The fields of the rule's output, and what lineage and labels tell beside them. */
    private static Map<String, @Nullable Object> fields(ObjectNode event) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        String[] generations = {"proc.", "proc.p", "proc.a"};
        JsonNode lineage = event.path("content").path("lineage");
        process(lineage.path(0), generations[0], fields);
        process(lineage.path(1), generations[1], fields);
        for (int i = 0; i < lineage.size(); i++) {
            put(fields, "proc.aname[" + i + "]", text(lineage.path(i), "name"));
            put(fields, "proc.aexepath[" + i + "]", text(lineage.path(i), "exe"));
            put(fields, "proc.acmdline[" + i + "]", text(lineage.path(i), "cmdline"));
        }
        JsonNode first = lineage.path(0);
        put(fields, "user.name", text(first, "user"));
        if (first.has("uid")) {
            fields.put("user.uid", Long.toString(first.path("uid").asLong(-1)));
        }
        JsonNode labels = event.path("labels");
        AlertEvents.LABEL_FIELDS.forEach((label, field) -> put(fields, field, text(labels, label)));
        String container = text(event, "containerId");
        fields.put("container.id", container.isEmpty() ? "host" : container);
        event.path("content")
                .path("fields")
                .properties()
                .forEach(field -> fields.put(field.getKey(), plain(field.getValue())));
        return fields;
    }

    private static void process(
            JsonNode told, String prefix, Map<String, @Nullable Object> fields) {
        if (told.isObject()) {
            put(fields, prefix + "name", text(told, "name"));
            put(fields, prefix + "exepath", text(told, "exe"));
            put(fields, prefix + "cmdline", text(told, "cmdline"));
            put(fields, prefix + "pid", told.path("pid").asString(""));
        }
    }

    private static void put(Map<String, @Nullable Object> fields, String name, String value) {
        if (!value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            List<String> list = new ArrayList<>();
            value.forEach(one -> list.add(one.asString("")));
            return list;
        }
        return value.asString("");
    }

    private static @Nullable Container container(ObjectNode event) {
        String id = text(event, "containerId");
        if (id.isEmpty()) {
            return null;
        }
        JsonNode labels = event.path("labels");
        String repository = text(labels, "container.image.repo");
        String tag = text(labels, "container.image.tag");
        return new Container(
                id,
                id,
                text(labels, "container.name"),
                "",
                tag.isEmpty() ? repository : repository + ":" + tag,
                text(labels, "container.image.id"),
                repository,
                tag,
                text(labels, "container.image.digest"),
                null,
                prefixed(labels, CONTAINER_LABEL),
                List.of(),
                "",
                0,
                false,
                false,
                false,
                "",
                pod(labels),
                false);
    }

    private static Container.@Nullable Pod pod(JsonNode labels) {
        String name = text(labels, "kubernetes.pod.name");
        return name.isEmpty()
                ? null
                : new Container.Pod(
                        name, text(labels, "kubernetes.namespace.name"), "", "", Map.of(), "");
    }

    private static Map<String, String> prefixed(JsonNode labels, String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        labels.properties()
                .forEach(
                        label -> {
                            if (label.getKey().startsWith(prefix)) {
                                found.put(
                                        label.getKey().substring(prefix.length()),
                                        label.getValue().asString(""));
                            }
                        });
        return found;
    }
}
