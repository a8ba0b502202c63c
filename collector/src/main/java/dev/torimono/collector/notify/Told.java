// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a notification tells: an event, and how many like it were held back before.
 *
 * @param event in the JSON of the API
 * @param suppressed how many
 */
record Told(ObjectNode event, long suppressed) {
    static final int LAST_HIGH = 3;
    static final int LAST_MEDIUM = 5;
    private static final int LOW = 6;
    private static final int LEAST_SEVERE = 7;

    int severity() {
        return event.path("severity").asInt(LEAST_SEVERE);
    }

    String severityLabel() {
        int severity = severity();
        return severity <= LAST_HIGH
                ? "High"
                : severity <= LAST_MEDIUM ? "Medium" : severity == LOW ? "Low" : "Info";
    }

    String rule() {
        return event.path("content").path("ruleName").asString("");
    }

    String policy() {
        return event.path("name").asString("");
    }

    String output() {
        return event.path("content").path("output").asString("");
    }

    String label(String name) {
        return event.path("labels").path(name).asString("");
    }

    String field(String name) {
        JsonNode value = event.path("content").path("fields").path(name);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    /** The host, and the container where there is one. */
    String place() {
        String container = label("container.name");
        return label("host.hostName") + (container.isEmpty() ? "" : "/" + container);
    }

    String actions() {
        List<String> done = new ArrayList<>();
        for (JsonNode action : event.path("actions")) {
            done.add(
                    action.path("type").asString("").toLowerCase(Locale.ROOT)
                            + " "
                            + action.path("status").asString(""));
        }
        return String.join(", ", done);
    }

    /** All of it in a line. */
    String summary() {
        String actions = actions();
        return severityLabel()
                + ": "
                + rule()
                + " (policy "
                + policy()
                + ") on "
                + place()
                + (actions.isEmpty() ? "" : ", " + actions)
                + (suppressed > 0 ? " (and " + suppressed + " more like it)" : "");
    }
}
