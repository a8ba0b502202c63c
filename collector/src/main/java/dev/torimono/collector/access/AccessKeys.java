// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import dev.torimono.collector.state.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Keys that machines carry: to enrol as an agent, or to feed alerts of other tools. */
public final class AccessKeys {
    /** What a key opens. */
    public enum Purpose {
        ENROL,
        INGEST
    }

    /**
     * A key without its secret.
     *
     * @param id its number
     * @param name what it is for
     * @param purpose what it opens
     * @param createdMs since when, ms since the epoch
     * @param revoked whether it opens nothing any more
     */
    public record AccessKey(
            long id, String name, Purpose purpose, long createdMs, boolean revoked) {}

    private final Database database;
    private final InstantSource clock;

    public AccessKeys(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Makes one; told this once. */
    public String create(String name, Purpose purpose) {
        String key = Secrets.token(purpose == Purpose.ENROL ? "tme_" : "tmi_");
        database.insert(
                "INSERT INTO access_key (hash, name, purpose, created) VALUES (?, ?, ?, ?)",
                Secrets.hash(key),
                name,
                purpose.name(),
                clock.millis());
        return key;
    }

    public List<AccessKey> all() {
        return database.list(
                "SELECT id, name, purpose, created, revoked FROM access_key ORDER BY id",
                row ->
                        new AccessKey(
                                row.getLong(1),
                                row.getString(2),
                                Purpose.valueOf(row.getString(3)),
                                row.getLong(4),
                                row.getBoolean(5)));
    }

    public boolean revoke(long id) {
        return database.change("UPDATE access_key SET revoked = 1 WHERE id = ?", id) == 1;
    }

    /** The name of a key that opens something; empty when it does not. */
    public Optional<String> opens(String key, Purpose purpose) {
        return database.first(
                "SELECT name FROM access_key WHERE hash = ? AND purpose = ? AND revoked = 0",
                row -> row.getString(1),
                Secrets.hash(key),
                purpose.name());
    }
}
