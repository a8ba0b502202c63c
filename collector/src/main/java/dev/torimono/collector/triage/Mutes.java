// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.triage;

import dev.torimono.collector.query.Filter;
import dev.torimono.collector.query.FilterException;
import dev.torimono.collector.query.FilterParser;
import dev.torimono.collector.state.Database;
import dev.torimono.collector.store.StoredEvent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is not to be shown for a while: filters that events meet when they arrive. What a mute hid
 * is kept all the same and says which mute that was.
 */
public final class Mutes {
    /** Every event is held against each. */
    public static final int MAX_ACTIVE = 200;

    private final Database database;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<Active> active = List.of();

    /**
     * One mute.
     *
     * @param id its number
     * @param filter what it hides
     * @param reason why
     * @param expiresMs until when, ms since the epoch
     * @param author who made it
     * @param createdMs when, ms since the epoch
     * @param endedMs when somebody ended it; 0 while nobody has
     */
    public record Mute(
            long id,
            String filter,
            String reason,
            long expiresMs,
            String author,
            long createdMs,
            long endedMs) {
        public boolean isActive(long nowMs) {
            return endedMs == 0 && nowMs < expiresMs;
        }
    }

    private record Active(Mute mute, Filter filter) {}

    public Mutes(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        load();
    }

    /**
     * Adds one; empty when there are too many.
     *
     * @throws FilterException when the filter cannot be read
     */
    public Optional<Mute> add(String filter, String reason, long expiresMs, String author) {
        Filter _ = FilterParser.parse(filter);
        lock.lock();
        try {
            long nowMs = clock.millis();
            if (active.stream().filter(one -> one.mute().isActive(nowMs)).count() >= MAX_ACTIVE) {
                return Optional.empty();
            }
            long id =
                    database.insert(
                            "INSERT INTO mute (filter, reason, expires, author, created) VALUES"
                                    + " (?, ?, ?, ?, ?)",
                            filter,
                            reason,
                            expiresMs,
                            author,
                            nowMs);
            load();
            return byId(id);
        } finally {
            lock.unlock();
        }
    }

    /** Ends one; what it hid stays hidden. */
    public boolean end(long id) {
        lock.lock();
        try {
            boolean ended =
                    database.change(
                                    "UPDATE mute SET ended = ? WHERE id = ? AND ended = 0",
                                    clock.millis(),
                                    id)
                            == 1;
            load();
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /** All there ever were, the latest first. */
    public List<Mute> all() {
        return database.list(
                "SELECT id, filter, reason, expires, author, created, ended FROM mute ORDER BY id"
                        + " DESC",
                row ->
                        new Mute(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getString(5),
                                row.getLong(6),
                                row.getLong(7)));
    }

    public Optional<Mute> byId(long id) {
        return all().stream().filter(mute -> mute.id() == id).findFirst();
    }

    /** Whether there is none to hold events against. */
    boolean isIdle() {
        return active.isEmpty();
    }

    /** The mute that hides an event; null when none does. */
    @Nullable Mute hiding(StoredEvent event) {
        List<Active> now = active;
        if (now.isEmpty()) {
            return null;
        }
        long nowMs = clock.millis();
        for (Active one : now) {
            if (one.mute().isActive(nowMs) && one.filter().matches(event)) {
                return one.mute();
            }
        }
        return null;
    }

    private void load() {
        long nowMs = clock.millis();
        active =
                all().reversed().stream()
                        .filter(mute -> mute.isActive(nowMs))
                        .map(mute -> new Active(mute, FilterParser.parse(mute.filter())))
                        .toList();
    }
}
