// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Small things that are changed while the collector runs, each under a name. */
public final class Settings {
    private final Database database;

    public Settings(Database database) {
        this.database = database;
    }

    public Optional<ObjectNode> get(String name) {
        return database.first(
                "SELECT body FROM setting WHERE name = ?",
                row -> Json.object(row.getString(1).getBytes(StandardCharsets.UTF_8)),
                name);
    }

    public void put(String name, ObjectNode body) {
        database.change(
                "INSERT OR REPLACE INTO setting (name, body) VALUES (?, ?)",
                name,
                new String(Json.bytes(body), StandardCharsets.UTF_8));
    }
}
