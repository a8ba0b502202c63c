// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import dev.torimono.collector.state.Database;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Notifications that are under way, in the database until their channel has taken them. */
final class Deliveries {
    private static final long FIRST_RETRY_MS = 2000;
    private static final int MAX_SHIFT = 7;
    private static final long GIVE_UP_MS = TimeUnit.DAYS.toMillis(1);
    private static final int MAX_WAITING = 10_000;

    private final Database database;
    private final InstantSource clock;

    Deliveries(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * One of them.
     *
     * @param body an event's JSON; what is sent itself where suppressed is below 0
     * @param suppressed how many like it were held back before
     */
    record Delivery(
            long id, long channel, String body, long suppressed, int attempts, long createdMs) {
        byte[] bytes() {
            return body.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** False when there is no room. */
    boolean add(long channel, String event, long suppressed) {
        if (waiting() >= MAX_WAITING) {
            return false;
        }
        database.insert(
                "INSERT INTO delivery (channel, body, suppressed, due, created) VALUES (?, ?, ?,"
                        + " ?, ?)",
                channel,
                event,
                suppressed,
                clock.millis(),
                clock.millis());
        return true;
    }

    /** Channels that have something to be delivered by now. */
    List<Long> dueChannels() {
        return database.list(
                "SELECT DISTINCT channel FROM delivery WHERE due <= ?",
                row -> row.getLong(1),
                clock.millis());
    }

    List<Delivery> due(long channel, int limit) {
        return database.list(
                "SELECT id, channel, body, suppressed, attempts, created FROM delivery WHERE"
                        + " channel = ? AND due <= ? ORDER BY id LIMIT ?",
                row ->
                        new Delivery(
                                row.getLong(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getInt(5),
                                row.getLong(6)),
                channel,
                clock.millis(),
                limit);
    }

    void done(Delivery delivery) {
        database.change("DELETE FROM delivery WHERE id = ?", delivery.id());
    }

    /** False when it has been tried for too long, and is gone. */
    boolean later(Delivery delivery) {
        if (clock.millis() - delivery.createdMs() > GIVE_UP_MS) {
            done(delivery);
            return false;
        }
        long waitMs = FIRST_RETRY_MS << Math.min(delivery.attempts(), MAX_SHIFT);
        database.change(
                "UPDATE delivery SET attempts = attempts + 1, due = ? WHERE id = ?",
                clock.millis() + waitMs,
                delivery.id());
        return true;
    }

    long waiting() {
        return database.first("SELECT count(*) FROM delivery", row -> row.getLong(1)).orElse(0L);
    }

    long waiting(long channel) {
        return database.first(
                        "SELECT count(*) FROM delivery WHERE channel = ?",
                        row -> row.getLong(1),
                        channel)
                .orElse(0L);
    }
}
