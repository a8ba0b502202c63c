// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Every version that a document had. */
public final class History {
    private static final String SELECT =
            "SELECT version, body, author, at FROM document_history WHERE id = ? AND body IS NOT"
                    + " NULL ";

    private final Database database;

    public History(Database database) {
        this.database = database;
    }

    /**
     * One version.
     *
     * @param number counts from 1
     * @param body what it was
     * @param author who made it
     * @param atMs when, ms since the epoch
     */
    public record Version(long number, ObjectNode body, String author, long atMs) {}

    /** The latest first. */
    public List<Version> of(long id) {
        return database.list(
                SELECT + "ORDER BY version DESC",
                row ->
                        new Version(
                                row.getLong(1),
                                Json.object(row.getString(2).getBytes(StandardCharsets.UTF_8)),
                                row.getString(3),
                                row.getLong(4)),
                id);
    }

    public Optional<Version> of(long id, long version) {
        return of(id).stream().filter(one -> one.number() == version).findFirst();
    }
}
