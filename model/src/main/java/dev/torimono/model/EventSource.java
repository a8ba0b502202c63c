// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

/** Where events come from: the kernel, a capture, a seccomp listener. Driven by one thread. */
public interface EventSource extends AutoCloseable {
    /** Receives each event; it may be read only during the call. */
    @FunctionalInterface
    interface Sink {
        void on(Event event);
    }

    /** Tells the source what is wanted from now on; may be called again while it runs. */
    void subscribe(Demand demand);

    /**
     * Hands over what is there, waiting up to the given time for the first event.
     *
     * @return number of events handed over; -1 when the source has ended
     */
    int poll(Sink sink, long timeoutMs);

    @Override
    void close();
}
