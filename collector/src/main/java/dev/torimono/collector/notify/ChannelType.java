// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.event.Json;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where notifications can go, in Sysdig's words, and what each receiver wants to read. */
public enum ChannelType {
    WEBHOOK,
    SLACK,
    MS_TEAMS,
    PAGER_DUTY;

    private static final String PAGER_DUTY_URL = "https://events.pagerduty.com/v2/enqueue";
    private static final int LAST_HIGH = 3;
    private static final int LAST_MEDIUM = 5;

    /** Null for a type that is not supported. */
    public static @Nullable ChannelType of(String name) {
        for (ChannelType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        return null;
    }

    /** Where to post. */
    String url(JsonNode options) {
        String given = options.path("url").asString("");
        return this == PAGER_DUTY && given.isEmpty() ? PAGER_DUTY_URL : given;
    }

    /** What to post for an event. */
    ObjectNode message(ObjectNode event, JsonNode options, long suppressed) {
        return switch (this) {
            case WEBHOOK -> event.deepCopy().put("suppressed", suppressed);
            case SLACK, MS_TEAMS -> Json.object().put("text", text(event, suppressed));
            case PAGER_DUTY -> incident(event, options, suppressed);
        };
    }

    private static ObjectNode incident(ObjectNode event, JsonNode options, long suppressed) {
        ObjectNode incident = Json.object();
        incident.put("routing_key", options.path("serviceKey").asString(""));
        incident.put("event_action", "trigger");
        incident.put("dedup_key", event.path("id").asString(""));
        ObjectNode payload = incident.putObject("payload");
        payload.put("summary", text(event, suppressed).lines().findFirst().orElse(""));
        payload.put("source", event.path("labels").path("host.hostName").asString("unknown"));
        int severity = event.path("severity").asInt(7);
        payload.put(
                "severity",
                severity <= LAST_HIGH ? "critical" : severity <= LAST_MEDIUM ? "warning" : "info");
        payload.set("custom_details", event);
        return incident;
    }

    private static String text(ObjectNode event, long suppressed) {
        JsonNode labels = event.path("labels");
        String container = labels.path("container.name").asString("");
        StringBuilder text = new StringBuilder();
        int severity = event.path("severity").asInt(7);
        text.append(severity <= LAST_HIGH ? "High" : severity <= LAST_MEDIUM ? "Medium" : "Low")
                .append(": ")
                .append(event.path("content").path("ruleName").asString(""))
                .append(" (policy ")
                .append(event.path("name").asString(""))
                .append(") on ")
                .append(labels.path("host.hostName").asString(""))
                .append(container.isEmpty() ? "" : "/" + container);
        event.path("actions")
                .forEach(
                        action ->
                                text.append(", ")
                                        .append(
                                                action.path("type")
                                                        .asString("")
                                                        .toLowerCase(Locale.ROOT))
                                        .append(' ')
                                        .append(action.path("status").asString("")));
        if (suppressed > 0) {
            text.append(" (and ").append(suppressed).append(" more like it)");
        }
        return text.append('\n')
                .append(event.path("content").path("output").asString(""))
                .toString();
    }
}
