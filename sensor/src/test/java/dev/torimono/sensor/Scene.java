// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Event;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What happened when the actor played: the events of everyone, and what it said.
 *
 * @param name of the scene
 * @param pid of the actor
 * @param directory where it played
 * @param said the values it printed
 * @param events what the sensor told until the actor's end
 * @param begin number of the event by which the actor began: before it, the pid was the JVM's
 *     helper
 */
record Scene(
        String name,
        long pid,
        Path directory,
        Map<String, Long> said,
        List<Event> events,
        long begin) {
    long said(String what) {
        Long value = said.get(what);
        if (value == null) {
            throw new AssertionError("the actor did not say " + what + ": " + said);
        }
        return value;
    }

    /** The actor's own events of a symbol, since its scene began. */
    List<Event> all(String symbol) {
        return events.stream().filter(e -> e.number() >= begin && is(e, symbol, pid)).toList();
    }

    /** The n-th of the actor's own events of a symbol. */
    Told nth(String symbol, int index) {
        List<Event> found = all(symbol);
        if (index >= found.size()) {
            throw new AssertionError(symbol + ": only " + found.size() + " events");
        }
        return new Told(found.get(index), this);
    }

    Told only(String symbol) {
        List<Event> found = all(symbol);
        if (found.size() != 1) {
            throw new AssertionError(symbol + ": " + found.size() + " events instead of one");
        }
        return new Told(found.getFirst(), this);
    }

    /** The first event of a symbol by any task. */
    Told by(long tid, String symbol) {
        return events.stream()
                .filter(e -> is(e, symbol, tid))
                .findFirst()
                .map(e -> new Told(e, this))
                .orElseThrow(() -> new AssertionError(symbol + " by " + tid + ": not told"));
    }

    /** The exec by which the actor began. */
    Told beginning() {
        return events.stream()
                .filter(e -> e.number() == begin)
                .findFirst()
                .map(e -> new Told(e, this))
                .orElseThrow();
    }

    /** A path as the kernel resolves it, below the scene's directory. */
    String path(String name) {
        return directory.resolve(name).toString();
    }

    private static boolean is(Event event, String symbol, long tid) {
        return event.tid() == tid && event.type().symbol().equals(symbol);
    }
}
