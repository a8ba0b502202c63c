// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/** Where events come from: the kernel, a capture, a seccomp listener. Driven by one thread. */
public interface EventSource extends AutoCloseable {
    /** Receives each event, in the order of their times; it may be read only during the call. */
    @FunctionalInterface
    interface Sink {
        void on(Event event);
    }

    /**
     * Tells the source what is wanted from now on: more may come, never less. May be called again
     * while it runs.
     */
    void subscribe(Demand demand);

    /**
     * Hands over what is there, waiting up to the given time for the first event.
     *
     * @param timeoutMs 0 to take only what is there
     * @return number of events handed over, 0 when the time is over; -1 when the source has ended
     * @throws RuntimeException when it can go on no more; the message says why and where
     */
    int poll(Sink sink, long timeoutMs);

    @Override
    void close();
}
