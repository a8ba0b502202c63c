// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.StoredEvent;
import dev.torimono.collector.triage.Arrivals;
import dev.torimono.collector.triage.Latecomers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Where every event comes in: it is kept first, then told to whoever wants to hear. */
public final class Intake {
    private final EventStore store;
    private final Arrivals arrivals;
    private final Latecomers latecomers;
    private final AtomicLong merged = new AtomicLong();
    private final Consumer<List<StoredEvent>> listener;
    private final AtomicLong bad = new AtomicLong();

    /**
     * @param listener told events that are kept and not muted; must not wait
     */
    public Intake(EventStore store, Arrivals arrivals, Consumer<List<StoredEvent>> listener) {
        this.store = store;
        this.arrivals = arrivals;
        this.latecomers = new Latecomers(store);
        this.listener = listener;
    }

    /** Returns how many were new. */
    int keep(List<ObjectNode> arrived) {
        int kept = append(arrived.stream().filter(event -> !Latecomers.isOne(event)).toList());
        List<ObjectNode> alone = new ArrayList<>();
        for (ObjectNode event : arrived) {
            if (Latecomers.isOne(event)) {
                if (latecomers.merge(event)) {
                    merged.incrementAndGet();
                    kept++;
                } else {
                    // The first one is gone or never came: better twice than never.
                    alone.add(event);
                }
            }
        }
        return kept + append(alone);
    }

    private int append(List<ObjectNode> arrived) {
        List<StoredEvent> events = arrived.stream().map(arrivals::of).toList();
        int kept = store.append(events);
        if (kept > 0) {
            listener.accept(events.stream().filter(event -> !Arrivals.isQuiet(event)).toList());
        }
        return kept;
    }

    /** Alerts that went into one that was there already. */
    public long merged() {
        return merged.get();
    }

    void countBad(int count) {
        bad.addAndGet(count);
    }

    /** Alerts that could not be read. */
    public long bad() {
        return bad.get();
    }
}
