// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import static dev.torimono.collector.event.AlertEvents.objects;
import static dev.torimono.collector.event.AlertEvents.text;

import dev.torimono.collector.query.Attributes;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells of an event's JSON what filters, counts and free text ask for. */
public final class EventCodec {
    /** What is longer is found by its beginning only. */
    private static final int MAX_VALUE_CHARS = 1000;

    private static final List<String> TOP =
            List.of(
                    "id",
                    "name",
                    "description",
                    "category",
                    "originator",
                    "source",
                    "engine",
                    "rawEventOriginator",
                    "rawEventCategory",
                    "agentId",
                    "alertId",
                    "incidentId",
                    "incidentKey",
                    "containerId",
                    "machineId");

    private EventCodec() {}

    /** An event read back from its bytes. */
    public static StoredEvent stored(byte[] body) {
        return stored(Json.object(body), body);
    }

    /** An event on its way into the store. */
    public static StoredEvent stored(ObjectNode event) {
        return stored(event, Json.bytes(event));
    }

    private static StoredEvent stored(ObjectNode event, byte[] body) {
        EventId id = EventId.parse(text(event, "id"));
        if (id == null) {
            throw new BadJsonException("id: not an event's");
        }
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        TOP.forEach(name -> put(attributes, name, event.get(name)));
        put(attributes, "severity", event.get("severity"));
        JsonNode content = event.path("content");
        put(attributes, "ruleName", content.get("ruleName"));
        put(attributes, "ruleType", content.get("ruleType"));
        put(attributes, "priority", content.get("rulePriority"));
        content.path("ruleTags").forEach(tag -> put(attributes, "ruleTags", tag));
        for (ObjectNode policy : objects(content.get("policies"))) {
            put(attributes, "mode", policy.get("mode"));
            // An event has the name of one policy and is found by that of each.
            put(attributes, "name", policy.get("name"));
        }
        for (ObjectNode action : objects(event.get("actions"))) {
            put(attributes, "action", action.get("type"));
            put(attributes, "actionStatus", action.get("status"));
        }
        event.path("labels").properties().forEach(label -> known(attributes, label));
        content.path("fields").properties().forEach(field -> known(attributes, field));
        put(attributes, "process.exepath", content.path("fields").get("proc.exepath"));
        put(attributes, "process.pid", content.path("fields").get("proc.pid"));
        Triage.attributes(event).forEach((name, value) -> put(attributes, name, value));
        long revision = event.path("revision").asLong(0);
        return new StoredEvent(id, revision, attributes, searched(event), body);
    }

    private static void known(
            Map<String, List<String>> attributes, Map.Entry<String, JsonNode> entry) {
        String canonical = Attributes.canonical(entry.getKey());
        if (canonical != null && canonical.equals(entry.getKey())) {
            put(attributes, canonical, entry.getValue());
        }
    }

    private static void put(
            Map<String, List<String>> attributes,
            String name,
            @org.jspecify.annotations.Nullable JsonNode value) {
        if (value == null || value.isContainer() || value.isNull()) {
            return;
        }
        String text = value.asString();
        if (text.isEmpty()) {
            return;
        }
        String cut = text.length() > MAX_VALUE_CHARS ? text.substring(0, MAX_VALUE_CHARS) : text;
        List<String> values = attributes.computeIfAbsent(name, _ -> new ArrayList<>(1));
        if (!values.contains(cut)) {
            values.add(cut);
        }
    }

    private static String searched(ObjectNode event) {
        StringBuilder text = new StringBuilder();
        JsonNode content = event.path("content");
        append(text, event.get("name"));
        append(text, content.get("ruleName"));
        append(text, content.get("output"));
        content.path("fields").forEach(value -> append(text, value));
        content.path("ruleTags").forEach(value -> append(text, value));
        event.path("labels").forEach(value -> append(text, value));
        for (ObjectNode ancestor : objects(content.get("lineage"))) {
            append(text, ancestor.get("cmdline"));
            append(text, ancestor.get("exe"));
        }
        return text.toString();
    }

    private static void append(
            StringBuilder text, @org.jspecify.annotations.Nullable JsonNode value) {
        if (value != null && value.isString()) {
            text.append(value.stringValue()).append('\n');
        }
    }
}
