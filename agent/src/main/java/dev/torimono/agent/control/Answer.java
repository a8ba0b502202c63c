// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.response.action.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of a request; one line of JSON.
 *
 * @param status {@code done}, {@code failed}, {@code refused} or {@code monitored}
 * @param message what is worth saying
 * @param facts what was found or made, by name
 */
public record Answer(String status, String message, Map<String, String> facts) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public Answer {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    static Answer of(Outcome outcome) {
        return new Answer(outcome.status().label(), outcome.reason(), Map.of());
    }

    static Answer done(String message, Map<String, String> facts) {
        return new Answer("done", message, facts);
    }

    /** Nothing was done, and nothing stands in the way of it. */
    static Answer possible(Map<String, String> facts) {
        return new Answer("monitored", "it would be done", facts);
    }

    static Answer failed(String why) {
        return new Answer("failed", why, Map.of());
    }

    public static Answer refused(String why) {
        return new Answer("refused", why, Map.of());
    }

    /** The same with one more fact. */
    Answer with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new Answer(status, message, more);
    }

    public boolean isDone() {
        return status.equals("done");
    }

    static Answer parse(String line) {
        JsonNode node = MAPPER.readTree(line);
        Map<String, String> facts = new LinkedHashMap<>();
        node.path("facts").forEachEntry((name, value) -> facts.put(name, value.asString("")));
        return new Answer(
                node.path("status").asString("failed"), node.path("message").asString(""), facts);
    }

    String line() {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("status", status);
        node.put("message", message);
        ObjectNode inner = node.putObject("facts");
        facts.forEach(inner::put);
        return MAPPER.writeValueAsString(node);
    }
}
