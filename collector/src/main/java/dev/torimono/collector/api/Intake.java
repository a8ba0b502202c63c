// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.StoredEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Where every event comes in: it is kept first, then told to whoever wants to hear. */
public final class Intake {
    private final EventStore store;
    private final Consumer<List<StoredEvent>> listener;
    private final AtomicLong bad = new AtomicLong();

    /**
     * @param listener told events that are kept; must not wait
     */
    public Intake(EventStore store, Consumer<List<StoredEvent>> listener) {
        this.store = store;
        this.listener = listener;
    }

    /** Returns how many were new. */
    int keep(List<StoredEvent> events) {
        int kept = store.append(events);
        if (kept > 0) {
            listener.accept(events);
        }
        return kept;
    }

    void countBad(int count) {
        bad.addAndGet(count);
    }

    /** Alerts that could not be read. */
    public long bad() {
        return bad.get();
    }
}
