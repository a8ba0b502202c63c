// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.io.IOException;

/** One place alerts go to. Used by one thread, that of its queue; may block there. */
public interface Output extends AutoCloseable {
    /** What logs and counters call it. */
    String name();

    /**
     * Delivers one alert, retrying as it sees fit.
     *
     * @param line the alert without a final newline
     * @throws ReaderGoneException when nobody will ever read again
     * @throws IOException when this alert could not be delivered
     * @throws InterruptedException when the agent stops waiting
     */
    void write(Line line) throws IOException, InterruptedException;

    /** Opens again what may have been renamed; called between two writes. */
    default void reopen() throws IOException {}

    @Override
    void close() throws IOException;
}
