// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Epoch;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An alert that came.
 *
 * @param rule the rule's name
 * @param containers short ids of the containers of the process and its ancestors
 * @param pids the process and its ancestors; empty when the alert does not tell
 * @param eventNs when it happened, ns since the epoch
 * @param seenNs when the alert came, in the same unit
 */
public record Sighting(
        String rule, Set<String> containers, List<Long> pids, long eventNs, long seenNs) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public Sighting {
        containers = Set.copyOf(containers);
        pids = List.copyOf(pids);
    }

    /** One that comes now. */
    static Sighting of(Alert alert, long nowNs) {
        Set<String> containers = new HashSet<>();
        List<Long> pids = new ArrayList<>();
        for (Ancestor ancestor : alert.lineage()) {
            containers.add(ancestor.containerId());
            pids.add(ancestor.pid());
        }
        return new Sighting(
                alert.finding().rule(), containers, pids, alert.finding().timeNs(), nowNs);
    }

    /** One read from an agent's JSON now; empty when the line is none. */
    static Optional<Sighting> ofJson(String line, long nowNs) {
        try {
            JsonNode json = MAPPER.readTree(line);
            String rule = json.path("rule").asString("");
            if (rule.isEmpty()) {
                return Optional.empty();
            }
            Set<String> containers = new HashSet<>();
            List<Long> pids = new ArrayList<>();
            for (JsonNode relative : json.path("lineage")) {
                containers.add(relative.path("container").asString(""));
                pids.add(relative.path("pid").asLong(0));
            }
            containers.add(fields(json).path("container.id").asString(""));
            return Optional.of(new Sighting(rule, containers, pids, timeNs(json, nowNs), nowNs));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static JsonNode fields(JsonNode json) {
        return json.path("output_fields");
    }

    private static long timeNs(JsonNode json, long nowNs) {
        long exact = fields(json).path("evt.time").asLong(0);
        if (exact > 0) {
            return exact;
        }
        try {
            return Epoch.ns(OffsetDateTime.parse(json.path("time").asString("")).toInstant());
        } catch (DateTimeParseException e) {
            return nowNs;
        }
    }
}
