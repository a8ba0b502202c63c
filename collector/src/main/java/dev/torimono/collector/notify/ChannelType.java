// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where notifications can go, in Sysdig's words, and what each receiver wants to read. */
public enum ChannelType {
    EMAIL,
    WEBHOOK,
    SLACK,
    MS_TEAMS,
    PAGER_DUTY;

    private static final String PAGER_DUTY_URL = "https://events.pagerduty.com/v2/enqueue";

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

    /** What to post. */
    byte[] message(Told told, JsonNode options) {
        String template = options.path("template").asString("");
        if (this == WEBHOOK && !template.isEmpty()) {
            return Template.of(template).fill(told, Escape::json).getBytes(StandardCharsets.UTF_8);
        }
        ObjectNode message =
                switch (this) {
                    case WEBHOOK, EMAIL ->
                            told.event().deepCopy().put("suppressed", told.suppressed());
                    case SLACK -> Json.object().put("text", Escape.slack(text(told, template)));
                    case MS_TEAMS -> Json.object().put("text", text(told, template));
                    case PAGER_DUTY -> incident(told, options, template);
                };
        return Json.bytes(message);
    }

    private static ObjectNode incident(Told told, JsonNode options, String template) {
        ObjectNode incident = Json.object();
        incident.put("routing_key", options.path("serviceKey").asString(""));
        incident.put("event_action", "trigger");
        incident.put("dedup_key", told.event().path("id").asString(""));
        ObjectNode payload = incident.putObject("payload");
        payload.put("summary", text(told, template).lines().findFirst().orElse(""));
        String host = told.label("host.hostName");
        payload.put("source", host.isEmpty() ? "unknown" : host);
        payload.put(
                "severity",
                told.severity() <= Told.LAST_HIGH
                        ? "critical"
                        : told.severity() <= Told.LAST_MEDIUM ? "warning" : "info");
        payload.set("custom_details", told.event());
        return incident;
    }

    private static String text(Told told, String template) {
        return template.isEmpty()
                ? told.summary() + '\n' + told.output()
                : Template.of(template).fill(told, text -> text);
    }
}
