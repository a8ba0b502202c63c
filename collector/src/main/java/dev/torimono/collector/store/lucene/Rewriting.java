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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * One change of some events: what comes in their places, and where these are. The ingest thread.
 */
final class Rewriting {
    private final DayIndexes days;
    private final Map<DayIndex, List<StoredEvent>> next = new LinkedHashMap<>();
    private int missing;

    Rewriting(DayIndexes days) {
        this.days = days;
    }

    /** Finds out what is to be changed, and changes nothing. */
    void plan(Collection<EventId> ids, Change change) throws IOException {
        for (EventId id : ids) {
            if (!plan(id, change)) {
                missing++;
            }
        }
    }

    private boolean plan(EventId id, Change change) throws IOException {
        EventRange moment = new EventRange(id.timeNs(), id.timeNs(), Filter.ALL);
        for (DayIndex day : days.within(moment)) {
            if (day.unseen() > 0) {
                day.settle();
            }
            Optional<byte[]> body = day.search(searcher -> LuceneSearch.body(searcher, id));
            if (body.isPresent()) {
                StoredEvent changed = change.of(body.get());
                if (changed != null) {
                    check(id, changed);
                    next.computeIfAbsent(day, _ -> new ArrayList<>()).add(changed);
                }
                return true;
            }
        }
        return false;
    }

    private static void check(EventId id, StoredEvent changed) {
        if (!changed.id().equals(id) || changed.revision() <= 0) {
            throw new StoreException(id + ": a change must keep the id and count as a revision");
        }
    }

    /** What must be durable before {@link #apply}. */
    List<byte[]> bodies() {
        return next.values().stream().flatMap(List::stream).map(StoredEvent::body).toList();
    }

    /** Puts everything in its place, and shows searches. */
    void apply(LongSupplier arrivals) throws IOException {
        for (Map.Entry<DayIndex, List<StoredEvent>> entry : next.entrySet()) {
            for (StoredEvent event : entry.getValue()) {
                entry.getKey().replace(event, arrivals);
            }
            entry.getKey().settle();
        }
    }

    Changed changed() {
        return new Changed(next.values().stream().mapToInt(List::size).sum(), missing);
    }
}
