// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.state.Database;
import java.util.Optional;

/** How far each forwarder has come. */
public final class Cursors {
    private final Database database;

    public Cursors(Database database) {
        this.database = database;
    }

    /**
     * Of one forwarder.
     *
     * @param arrival place in the order of arrival up to which everything was taken
     * @param delivered how many events were taken since it was made
     * @param refused how many will never be
     * @param lost how many were let go of before they were taken
     * @param deliveredMs when some were last taken, ms since the epoch; 0 for never
     */
    record Cursor(long arrival, long delivered, long refused, long lost, long deliveredMs) {
        Cursor took(long upTo, long taken, long refusedNow, long nowMs) {
            return new Cursor(
                    upTo,
                    delivered + taken,
                    refused + refusedNow,
                    lost,
                    taken > 0 ? nowMs : deliveredMs);
        }

        Cursor losing(long more) {
            return new Cursor(arrival, delivered, refused, lost + more, deliveredMs);
        }
    }

    /** The furthest place that any forwarder has seen. */
    public long furthest() {
        return database.first(
                        "SELECT coalesce(max(arrival), 0) FROM forwarding", row -> row.getLong(1))
                .orElse(0L);
    }

    Optional<Cursor> of(long forwarder) {
        return database.first(
                "SELECT arrival, delivered, refused, lost, delivered_at FROM forwarding WHERE forwarder"
                        + " = ?",
                row ->
                        new Cursor(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5)),
                forwarder);
    }

    void keep(long forwarder, Cursor cursor) {
        database.change(
                "INSERT OR REPLACE INTO forwarding (forwarder, arrival, delivered, refused,"
                        + " lost, delivered_at) VALUES (?, ?, ?, ?, ?, ?)",
                forwarder,
                cursor.arrival(),
                cursor.delivered(),
                cursor.refused(),
                cursor.lost(),
                cursor.deliveredMs());
    }

    void forget(long forwarder) {
        database.change("DELETE FROM forwarding WHERE forwarder = ?", forwarder);
    }
}
