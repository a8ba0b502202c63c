// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Why a rule matched, as an agent tells it: taken over as far as it makes sense. */
final class Grounds {
    private static final int MAX_CONDITION = 32 << 10;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_PARTS = 64;

    private Grounds() {}

    /** Null when nothing is told, or nothing that can be shown. */
    static @Nullable ObjectNode of(JsonNode told) {
        String condition = told.path("condition").asString("");
        if (condition.isEmpty() || condition.length() > MAX_CONDITION) {
            return null;
        }
        ObjectNode grounds = Json.object().put("condition", condition);
        ArrayNode parts = grounds.putArray("parts");
        for (JsonNode part : told.path("parts")) {
            int from = part.path("from").asInt(-1);
            int to = part.path("to").asInt(-1);
            if (0 <= from && from <= to && to <= condition.length() && parts.size() < MAX_PARTS) {
                parts.addObject()
                        .put("from", from)
                        .put("to", to)
                        .put("test", cut(part.path("test").asString("")));
            }
        }
        ObjectNode values = grounds.putObject("values");
        told.path("values")
                .propertyStream()
                .limit(MAX_PARTS)
                .forEach(
                        value ->
                                values.put(
                                        cut(value.getKey()),
                                        value.getValue().isNull()
                                                ? null
                                                : cut(text(value.getValue()))));
        return grounds;
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asString("") : value.toString();
    }

    private static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    }
}
