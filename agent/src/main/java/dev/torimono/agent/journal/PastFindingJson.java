// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.journal;

import dev.torimono.model.Container;
import dev.torimono.response.past.PastFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a line of the journal back. */
final class PastFindingJson {
    private PastFindingJson() {}

    static PastFinding read(JsonNode line, long timeNs) {
        JsonNode alert = line.path("alert");
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        alert.path("output_fields").forEachEntry((name, value) -> fields.put(name, plain(value)));
        List<String> actions = new ArrayList<>();
        for (JsonNode action : alert.path("actions")) {
            actions.add(text(action, "type") + " " + text(action, "status"));
        }
        List<String> policies = new ArrayList<>();
        alert.path("policies").forEach(policy -> policies.add(text(policy, "name")));
        List<String> tags = new ArrayList<>();
        alert.path("tags").forEach(tag -> tags.add(tag.asString("")));
        return new PastFinding(
                text(alert, "id"),
                timeNs,
                text(alert, "rule"),
                tags,
                container(line.path("container")),
                process(alert, fields),
                fields,
                policies,
                actions);
    }

    private static String process(JsonNode alert, Map<String, @Nullable Object> fields) {
        JsonNode first = alert.path("lineage").path(0);
        String cmdline = text(first, "cmdline");
        if (!cmdline.isEmpty()) {
            return cmdline;
        }
        Object told = fields.get("proc.cmdline");
        return told == null ? text(first, "name") : told.toString();
    }

    private static @Nullable Object plain(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            List<String> list = new ArrayList<>();
            value.forEach(element -> list.add(element.asString("")));
            return list;
        }
        return value.asString("");
    }

    private static @Nullable Container container(JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        String fullId = text(node, "full_id");
        JsonNode privileged = node.path("privileged");
        return new Container(
                fullId.length() > 12 ? fullId.substring(0, 12) : fullId,
                fullId,
                text(node, "name"),
                text(node, "runtime"),
                text(node, "image"),
                text(node, "image_id"),
                text(node, "image_repository"),
                text(node, "image_tag"),
                text(node, "image_digest"),
                privileged.isBoolean() ? privileged.booleanValue() : null,
                map(node.path("labels")),
                List.of(),
                text(node, "ip"),
                0,
                node.path("host_pid").asBoolean(false),
                node.path("host_network").asBoolean(false),
                node.path("host_ipc").asBoolean(false),
                "",
                pod(node.path("pod")),
                node.path("pending").asBoolean(false));
    }

    private static Container.@Nullable Pod pod(JsonNode node) {
        return node.isObject()
                ? new Container.Pod(
                        text(node, "name"),
                        text(node, "namespace"),
                        text(node, "uid"),
                        text(node, "sandbox_id"),
                        map(node.path("labels")),
                        text(node, "ip"))
                : null;
    }

    private static Map<String, String> map(JsonNode node) {
        Map<String, String> map = new LinkedHashMap<>();
        node.forEachEntry((name, value) -> map.put(name, value.asString("")));
        return map;
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
