// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events and finds them. Any thread; every implementation passes {@code EventStoreContract}.
 */
public interface EventStore extends AutoCloseable {

    /** Which way from a cursor. */
    enum Direction {
        OLDER,
        NEWER
    }

    /**
     * Keeps events; those it has already are left out. When this returns, they survive a crash.
     *
     * @return how many were new
     * @throws StoreBusyException when there is no room at the moment; nothing was kept
     * @throws StoreException when they cannot be kept
     */
    int append(List<StoredEvent> events);

    /**
     * One page, newest first.
     *
     * @param cursor where the page before ended; null for the first one
     * @param limit how many at most
     */
    EventPage find(EventRange range, @Nullable EventId cursor, Direction direction, int limit);

    /** One event's JSON. */
    Optional<byte[]> byId(EventId id);

    /** How many events there are. */
    long count(EventRange range);

    /**
     * How many events have each value of an attribute, most frequent first.
     *
     * @param limit how many values at most
     */
    Map<String, Long> counts(EventRange range, String attribute, int limit);

    /**
     * How many events happened in each stretch of time, by the value of an attribute; stretches
     * without events are left out.
     *
     * @param widthNs length of a stretch; they begin at multiples of it
     * @return by the beginning of the stretch, then by value
     */
    SortedMap<Long, Map<String, Long>> histogram(EventRange range, long widthNs, String attribute);

    /** Lets go of what is too old or too much. Returns how many events went. */
    long expire(Retention retention, long nowNs);

    /** How it fares. */
    StoreHealth health();

    @Override
    void close();
}
