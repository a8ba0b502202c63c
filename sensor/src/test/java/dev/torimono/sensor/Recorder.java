// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Event;
import dev.torimono.model.EventSource;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Keeps copies of the events it is given, and waits for the one that a test made happen. */
final class Recorder implements EventSource.Sink {
    private static final long PATIENCE_NS = 5_000_000_000L;

    private final List<Event> events = new ArrayList<>();

    @Override
    public void on(Event event) {
        byte[] record = event.record();
        Event copy = new Event();
        String fault = copy.wrap(MemorySegment.ofArray(record), 0, record.length, event.cpu());
        if (fault != null) {
            throw new AssertionError(event.type() + ": " + fault);
        }
        copy.number(event.number());
        events.add(copy);
    }

    List<Event> events() {
        return events;
    }

    /** Polls until an event satisfies the predicate; fails after some seconds. */
    Event await(EventSource source, Predicate<Event> wanted) {
        long end = System.nanoTime() + PATIENCE_NS;
        int seen = 0;
        while (System.nanoTime() < end) {
            for (; seen < events.size(); seen++) {
                if (wanted.test(events.get(seen))) {
                    return events.get(seen);
                }
            }
            source.poll(this, 100);
        }
        throw new AssertionError("not seen among " + events.size() + " events");
    }

    /** The first event of that symbol by that task. */
    Event await(EventSource source, String symbol, long tid) {
        return await(source, e -> e.type().symbol().equals(symbol) && e.tid() == tid);
    }
}
