// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.web.ApiException;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What bodies of policies, rules, lists and macros must have, and what they have by default. */
final class CatalogBodies {
    /** Set by us; what clients send back of them does not count. */
    private static final List<String> OURS =
            List.of(
                    "id",
                    "name",
                    "version",
                    "createdOn",
                    "modifiedOn",
                    "origin",
                    "isDefault",
                    "readOnly",
                    "modified",
                    "shipped");

    private static final int LEAST_SEVERE = 7;
    private static final int DEFAULT_SEVERITY = 4;

    private CatalogBodies() {}

    static boolean appends(ObjectNode body) {
        return body.path("append").asBoolean(false)
                || body.path("details").path("append").asBoolean(false);
    }

    /** What a client tells of something, without what is ours to say. */
    static ObjectNode bare(ObjectNode given) {
        ObjectNode body = given.deepCopy();
        OURS.forEach(body::remove);
        return body;
    }

    /** The same when it is what one of that kind must be. */
    static ObjectNode checked(Kind kind, ObjectNode given) {
        ObjectNode body = bare(given);
        check(kind, body);
        return body;
    }

    static void check(Kind kind, ObjectNode body) {
        switch (kind) {
            case POLICY -> policy(body);
            case RULE -> rule(body);
            case LIST -> list(body);
            case MACRO -> macro(body);
            case MANAGED, CHANNEL, FORWARDER ->
                    throw new IllegalArgumentException(kind + ": not of this API");
        }
    }

    private static void policy(ObjectNode body) {
        if (body.path("description").asString("").isBlank()) {
            throw ApiException.invalid("description: must not be empty");
        }
        JsonNode severity = body.path("severity");
        if (severity.isMissingNode() || severity.isNull()) {
            body.put("severity", DEFAULT_SEVERITY);
        } else if (!severity.isIntegralNumber()
                || severity.asLong() < 0
                || severity.asLong() > LEAST_SEVERE) {
            throw ApiException.invalid("severity: must be a whole number from 0 to 7");
        }
        fill(body, "enabled", Json.of(true));
        fill(body, "type", Json.of("falco"));
        fill(body, "scope", Json.of(""));
        fill(body, "actions", Json.array());
        fill(body, "notificationChannelIds", Json.array());
        if (!body.has("rules")) {
            ArrayNode rules = body.putArray("rules");
            body.path("ruleNames")
                    .forEach(
                            name ->
                                    rules.addObject()
                                            .put("ruleName", name.asString(""))
                                            .put("enabled", true));
        }
    }

    private static void rule(ObjectNode body) {
        String type = body.path("details").path("ruleType").asString("");
        if (!type.equals("FALCO")) {
            throw ApiException.invalid("details.ruleType: must be FALCO, found \"" + type + "\"");
        }
        fill(body, "tags", Json.array());
        fill(body, "description", Json.of(""));
    }

    private static void list(ObjectNode body) {
        if (!(body.path("items").path("items") instanceof ArrayNode items)) {
            throw ApiException.invalid("items.items: must be a list");
        }
        for (JsonNode item : items) {
            if (!item.isString() && !item.isNumber()) {
                throw ApiException.invalid("items.items: must hold texts, found " + item);
            }
        }
        fill(body, "append", Json.of(false));
    }

    private static void macro(ObjectNode body) {
        if (body.path("condition").path("condition").asString("").isBlank()) {
            throw ApiException.invalid("condition.condition: must not be empty");
        }
        fill(body, "append", Json.of(false));
    }

    private static void fill(ObjectNode body, String name, JsonNode value) {
        JsonNode given = body.path(name);
        if (given.isMissingNode() || given.isNull()) {
            body.set(name, value);
        }
    }
}
