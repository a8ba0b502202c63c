// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.query.Filter;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventRange;
import dev.torimono.collector.store.EventStore.Change;
import dev.torimono.collector.store.EventStore.Changed;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoredEvent;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes that become durable together, each on top of those before it: what comes in the places of
 * events, and where these are. The ingest thread.
 */
final class Rewriting {
    private final DayIndexes days;
    private final Bodies bodies;
    private final Map<EventId, Placed> next = new LinkedHashMap<>();

    /** An event and where it is. */
    private record Placed(DayIndex day, Entry entry) {}

    /** What is there of an event now, and where. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Present(DayIndex day, byte[] body) {}

    Rewriting(DayIndexes days, Bodies bodies) {
        this.days = days;
        this.bodies = bodies;
    }

    /** Finds out what a change comes to; nothing of it counts when it fails. */
    Changed plan(Collection<EventId> ids, Change change) throws IOException {
        Map<EventId, Placed> own = new LinkedHashMap<>();
        int missing = 0;
        for (EventId id : new LinkedHashSet<>(ids)) {
            Present present = present(id);
            StoredEvent changed = present == null ? null : change.of(present.body());
            if (present == null) {
                missing++;
            } else if (changed != null) {
                check(id, changed);
                Entry entry = new Entry(changed, bodies.pack(changed.body()));
                own.put(id, new Placed(present.day(), entry));
            }
        }
        next.putAll(own);
        return new Changed(own.size(), missing);
    }

    private @Nullable Present present(EventId id) throws IOException {
        Placed placed = next.get(id);
        if (placed != null) {
            return new Present(placed.day(), placed.entry().event().body());
        }
        EventRange moment = new EventRange(id.timeNs(), id.timeNs(), Filter.ALL);
        for (DayIndex day : days.within(moment)) {
            if (day.hides(id)) {
                day.settle();
            }
            Optional<byte[]> body = day.search(searcher -> LuceneSearch.body(searcher, id));
            if (body.isPresent()) {
                return new Present(day, body.get());
            }
        }
        return null;
    }

    private static void check(EventId id, StoredEvent changed) {
        if (!changed.id().equals(id) || changed.revision() <= 0) {
            throw new StoreException(id + ": a change must keep the id and count as a revision");
        }
    }

    /** What must be durable before {@link #apply}. */
    List<byte[]> records() {
        return next.values().stream().map(placed -> placed.entry().packed()).toList();
    }

    /** Puts everything in its place, and shows searches. */
    void apply(LongSupplier arrivals) throws IOException {
        Set<DayIndex> touched = new LinkedHashSet<>();
        for (Placed placed : next.values()) {
            placed.day().replace(placed.entry(), arrivals);
            touched.add(placed.day());
        }
        for (DayIndex day : touched) {
            day.settle();
        }
    }
}
