// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.catalog.Bundle;
import dev.torimono.collector.state.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Every bundle there was, so that an earlier one can be in force again. */
public final class Bundles {
    private static final int KEEP = 500;

    private final Database database;
    private final InstantSource clock;

    public Bundles(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * A bundle without its content.
     *
     * @param number the newer, the higher; from 1
     * @param version of its content
     * @param createdMs since when, ms since the epoch
     */
    public record Entry(long number, String version, long createdMs) {}

    /** Gives it a number, unless it is the newest already. */
    long add(Bundle bundle) {
        Optional<Entry> newest = list(1).stream().findFirst();
        if (newest.isPresent() && newest.get().version().equals(bundle.version())) {
            return newest.get().number();
        }
        return database.insert(
                "INSERT INTO bundle (version, rules, policies, created) VALUES (?, ?, ?, ?)",
                bundle.version(),
                bundle.rules(),
                bundle.policies(),
                clock.millis());
    }

    /** The newest first. */
    public List<Entry> list(int limit) {
        return database.list(
                "SELECT id, version, created FROM bundle ORDER BY id DESC LIMIT ?",
                row -> new Entry(row.getLong(1), row.getString(2), row.getLong(3)),
                limit);
    }

    public Optional<Bundle> byNumber(long number) {
        return database.first(
                "SELECT version, rules, policies FROM bundle WHERE id = ?",
                row -> new Bundle(row.getString(1), row.getString(2), row.getString(3)),
                number);
    }

    /** Lets go of old ones that nobody is to enforce. */
    void trim(long oldestInUse) {
        database.change(
                "DELETE FROM bundle WHERE id <= (SELECT max(id) FROM bundle) - ? AND id < ?",
                KEEP,
                oldestInUse);
    }
}
