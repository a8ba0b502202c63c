// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import dev.torimono.collector.store.EventId;
import dev.torimono.model.Priority;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an event, in the shape of Sysdig's secure events, of an alert in Falco's JSON with our
 * additions. Takes what any Falco sends, so nothing but rule and time need be there.
 */
public final class AlertEvents {
    private static final long NANOS = 1_000_000_000L;
    private static final int RULE_TYPE_FALCO = 6;
    private static final int RULE_TYPE_DRIFT = 7;
    private static final int RULE_TYPE_MALWARE = 8;
    private static final int LEAST_SEVERE = 7;

    /** An alert's id: its time in that base, then as many digits of a hash. */
    private static final int RADIX = 36;

    private static final int HASH_DIGITS = 6;

    private AlertEvents() {}

    /**
     * @throws BadJsonException when it is no alert
     */
    public static ObjectNode event(ObjectNode alert, Origin origin) {
        String rule = text(alert, "rule");
        if (rule.isEmpty()) {
            throw new BadJsonException("rule: must be there: it is no alert without one");
        }
        long timeNs = timeNs(text(alert, "time"));
        EventId id = id(alert, timeNs, origin);
        ObjectNode policy = strongest(alert);
        String priority = text(alert, "priority");
        ObjectNode event = Json.object();
        event.put("id", id.toString());
        event.put("timestamp", timeNs);
        event.put("timestampRFC3339Nano", rfc3339(timeNs));
        event.put("type", "policy");
        event.put("name", policy == null ? rule : text(policy, "name"));
        event.put("description", "");
        event.put("severity", severity(alert, policy, priority));
        event.put("category", "runtime");
        event.put("originator", "policy");
        event.put("source", orElse(text(alert, "source"), "syscall"));
        event.put("engine", engine(policy, alert));
        event.put("rawEventOriginator", origin.rawOriginator());
        event.put("rawEventCategory", "runtime");
        event.put("agentId", origin.agentId());
        event.put("alertId", text(alert, "id"));
        if (alert.path("pending").isBoolean() && !alert.path("pending").asBoolean(true)) {
            event.put("completes", true);
        }
        Labels labels = Labels.of(alert, origin.hostname());
        event.put("containerId", labels.containerId());
        ObjectNode details = event.putObject("sourceDetails");
        details.put("type", "workload");
        details.put("subType", labels.containerId().isEmpty() ? "host" : "container");
        event.set("actions", actions(alert));
        event.set("content", content(alert, policy, rule, priority));
        event.set("labels", labels.json());
        return event;
    }

    /**
     * An agent's alert goes by the id it has there, so that what is told of it later finds it.
     * Followers have the id of what they follow, or none that is certain to be their own.
     */
    private static EventId id(ObjectNode alert, long timeNs, Origin origin) {
        String own = text(alert, "id");
        boolean named =
                !own.isEmpty()
                        && origin.rawOriginator().equals(Origin.AGENT)
                        && !text(alert, "source").equals("internal");
        EventId id = named ? idOfAlert(origin.agentId(), own) : null;
        return id != null && id.timeNs() == timeNs
                ? id
                : EventId.of(timeNs, origin.agentId() + '\n' + origin.key());
    }

    /** The event that an agent's alert became; null when the alert's id is none of ours. */
    public static @Nullable EventId idOfAlert(String agentId, String alertId) {
        int digits = alertId.length() - HASH_DIGITS;
        if (digits <= 0) {
            return null;
        }
        try {
            long timeNs = Long.parseLong(alertId, 0, digits, RADIX);
            return timeNs < 0 ? null : EventId.of(timeNs, agentId + "\nalert " + alertId);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static ObjectNode content(
            ObjectNode alert, @Nullable ObjectNode policy, String rule, String priority) {
        ObjectNode content = Json.object();
        content.put("type", "workloadRuntimeDetection");
        content.put("ruleName", rule);
        content.put("ruleType", ruleType(engine(policy, alert)));
        content.put("ruleSubType", 0);
        content.put("rulePriority", priority);
        content.set("ruleTags", array(alert.get("tags")));
        content.put("output", text(alert, "output"));
        JsonNode fields = alert.get("output_fields");
        content.set("fields", fields instanceof ObjectNode ? fields : Json.object());
        content.put("runBook", policy == null ? "" : text(policy, "runbook"));
        content.set("policies", array(alert.get("policies")));
        content.set("lineage", array(alert.get("lineage")));
        ObjectNode grounds = Grounds.of(alert.path("grounds"));
        if (grounds != null) {
            content.set("grounds", grounds);
        }
        return content;
    }

    /** Of several policies the event is that of the most severe; all of them stand in content. */
    private static @Nullable ObjectNode strongest(ObjectNode alert) {
        return objects(alert.get("policies")).stream()
                .filter(policy -> !text(policy, "name").isEmpty())
                .min(Comparator.comparingInt(policy -> policy.path("severity").asInt(LEAST_SEVERE)))
                .orElse(null);
    }

    private static int severity(
            ObjectNode alert, @Nullable ObjectNode policy, String priorityText) {
        JsonNode given = policy == null ? alert.get("severity") : policy.get("severity");
        if (given != null && given.isIntegralNumber()) {
            return Math.clamp(given.asLong(LEAST_SEVERE), 0, LEAST_SEVERE);
        }
        // Without a policy the rule's own urgency is all there is: both have eight steps.
        Priority priority = Priority.parse(priorityText);
        return priority == null ? LEAST_SEVERE : priority.ordinal();
    }

    private static String engine(@Nullable ObjectNode policy, ObjectNode alert) {
        String type = policy == null ? text(alert, "engine") : text(policy, "type");
        return type.equals("drift") || type.equals("malware") ? type : "falco";
    }

    private static int ruleType(String engine) {
        return switch (engine) {
            case "drift" -> RULE_TYPE_DRIFT;
            case "malware" -> RULE_TYPE_MALWARE;
            default -> RULE_TYPE_FALCO;
        };
    }

    private static ArrayNode actions(ObjectNode alert) {
        ArrayNode actions = Json.array();
        for (ObjectNode done : objects(alert.get("actions"))) {
            ObjectNode action = actions.addObject();
            String status = text(done, "status");
            action.put("type", text(done, "type"));
            action.put("isSuccessful", status.equals("done"));
            action.put("errMsg", status.equals("done") ? "" : text(done, "reason"));
            action.put("status", status);
            action.put("reason", text(done, "reason"));
            JsonNode latency = done.get("latency_ms");
            if (latency != null && latency.isNumber()) {
                action.put("latencyMs", latency.asDouble());
            }
        }
        return actions;
    }

    private static long timeNs(String text) {
        try {
            Instant time = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new BadJsonException(
                    "time: must be a time such as 2026-01-31T10:00:00.000000000Z");
        }
    }

    /** With nine digits of the second, whatever they are. */
    private static String rfc3339(long timeNs) {
        String second = Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS)).toString();
        String nanos = Long.toString(NANOS + Math.floorMod(timeNs, NANOS));
        return second.substring(0, second.length() - 1) + '.' + nanos.substring(1) + 'Z';
    }

    static String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    static String orElse(String text, String other) {
        return text.isEmpty() ? other : text;
    }

    static List<ObjectNode> objects(@Nullable JsonNode array) {
        if (array == null || array.isEmpty()) {
            return List.of();
        }
        List<ObjectNode> objects = new ArrayList<>(array.size());
        for (JsonNode element : array) {
            if (array.isArray() && element instanceof ObjectNode object) {
                objects.add(object);
            }
        }
        return objects;
    }

    private static ArrayNode array(@Nullable JsonNode node) {
        return node instanceof ArrayNode list ? list : Json.array();
    }

    /** Where a label of ours comes from in Falco's fields. */
    static final Map<String, String> LABEL_FIELDS =
            Map.of(
                    "container.name", "container.name",
                    "container.image.repo", "container.image.repository",
                    "container.image.tag", "container.image.tag",
                    "container.image.digest", "container.image.digest",
                    "container.image.id", "container.image.id",
                    "kubernetes.namespace.name", "k8s.ns.name",
                    "kubernetes.pod.name", "k8s.pod.name",
                    "process.name", "proc.name");
}
