// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import dev.torimono.collector.query.Filter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events and finds them. Any thread; every implementation passes {@code EventStoreContract}.
 * Whatever reads throws {@link StoreException} when what is kept cannot be read; times are ns since
 * the epoch.
 */
public interface EventStore extends AutoCloseable {

    /** Which way from a cursor. */
    enum Direction {
        OLDER,
        NEWER
    }

    /** Makes something else of an event. */
    @FunctionalInterface
    interface Change {
        /**
         * What is to be in its place: of the same id, of a higher revision.
         *
         * @param body its JSON as it is kept now
         * @return null to leave it as it is
         */
        @Nullable StoredEvent of(byte[] body);
    }

    /**
     * What came of a change.
     *
     * @param changed how many events are other ones now
     * @param missing how many were not there
     */
    record Changed(int changed, int missing) {}

    /**
     * Keeps events; those it has already are left out. When this returns, they survive a crash.
     *
     * @return how many were new
     * @throws StoreBusyException when there is no room at the moment; nothing was kept
     * @throws StoreException when they cannot be kept
     */
    int append(List<StoredEvent> events);

    /**
     * Puts something else in the place of events, one after another with what is appended. When
     * this returns, it survives a crash and every search finds it.
     *
     * @throws StoreBusyException when there is no room at the moment; nothing was changed
     * @throws StoreException when it cannot be kept; nothing was changed
     */
    Changed change(Collection<EventId> ids, Change change);

    /**
     * One page, newest first.
     *
     * @param cursor where the page before ended; null for the first one
     * @param limit how many at most
     */
    EventPage find(EventRange range, @Nullable EventId cursor, Direction direction, int limit);

    /**
     * Events in the order in which they came to be kept, whenever they happened: who goes on from
     * where the page before ended misses none and sees none twice, across restarts too. After a
     * crash some of the last may come again.
     *
     * @param after where the page before ended; 0 for the first event that is kept
     * @param limit how many at most
     */
    ArrivalPage arrived(long after, Filter filter, int limit);

    /** How many events of that order come after a place. */
    long arrivedAfter(long after, Filter filter);

    /** The end of that order: everything that came so far is at or before it. */
    long arrivals();

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

    /**
     * Sums events up by an attribute of which each has one value.
     *
     * @return those with the latest event first
     */
    List<EventGroup> groups(EventRange range, String attribute);

    /** Lets go of what is too old or too much. Returns how many events went. */
    long expire(Retention retention, long nowNs);

    /** How it fares. */
    StoreHealth health();

    @Override
    void close();
}
