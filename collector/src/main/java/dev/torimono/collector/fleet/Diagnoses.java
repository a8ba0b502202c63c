// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Database;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What agents found of their machines ({@code torimono doctor}): the last of each. */
public final class Diagnoses {
    private static final int MAX_BYTES = 128 << 10;

    private final Database database;
    private final InstantSource clock;

    public Diagnoses(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One, in short.
     *
     * @param atMs when it was told, ms since the epoch
     * @param problems what keeps an agent from working there
     * @param notes what it works without
     */
    public record Brief(long atMs, int problems, int notes) {}

    /** False when it is larger than any that an agent makes; the one before stays then. */
    public boolean keep(String agentId, ObjectNode diagnosis) {
        byte[] body = Json.bytes(diagnosis);
        if (body.length > MAX_BYTES) {
            return false;
        }
        database.change(
                "INSERT OR REPLACE INTO diagnosis (agent, body, problems, notes, at) VALUES (?, ?,"
                        + " ?, ?, ?)",
                agentId,
                new String(body, StandardCharsets.UTF_8),
                size(diagnosis.path("problems")),
                size(diagnosis.path("notes")),
                clock.millis());
        return true;
    }

    private static int size(JsonNode list) {
        return list.isArray() ? list.size() : 0;
    }

    /** The last one of an agent, with when it was told. */
    public Optional<ObjectNode> of(String agentId) {
        return database.first(
                "SELECT body, at FROM diagnosis WHERE agent = ?",
                row -> {
                    ObjectNode json = Json.object();
                    json.put("at", row.getLong(2));
                    json.set(
                            "diagnosis",
                            Json.object(row.getString(1).getBytes(StandardCharsets.UTF_8)));
                    return json;
                },
                agentId);
    }

    /** Of every agent that told one. */
    public Map<String, Brief> briefs() {
        Map<String, Brief> all = new HashMap<>();
        database.list(
                        "SELECT agent, at, problems, notes FROM diagnosis",
                        row ->
                                Map.entry(
                                        row.getString(1),
                                        new Brief(row.getLong(2), row.getInt(3), row.getInt(4))))
                .forEach(one -> all.put(one.getKey(), one.getValue()));
        return all;
    }
}
