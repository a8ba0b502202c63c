// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import java.nio.charset.StandardCharsets;

/** Writes the parameters of the first container event (id, type, name, image) as its JSON. */
final class ContainerJson {
    private ContainerJson() {}

    /** NUL-terminated, as the parameter that it becomes. */
    static byte[] of(Event event) {
        StringBuilder json = new StringBuilder("{\"container\":{");
        text(json, "id", event, 0);
        json.append(",\"type\":").append(event.length(1) == 4 ? event.number(1) : 0).append(',');
        text(json, "name", event, 2);
        json.append(',');
        text(json, "image", event, 3);
        return json.append("}}\0").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void text(StringBuilder json, String key, Event event, int param) {
        json.append('"').append(key).append("\":\"");
        String value = event.text(param).toString();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
