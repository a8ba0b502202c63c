// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** One way to tell people. Any thread; may wait. */
interface Sender extends AutoCloseable {
    /**
     * @throws IOException when it was not taken; the message tells why
     */
    void send(ChannelType type, JsonNode options, Told told)
            throws IOException, InterruptedException;

    @Override
    void close();
}
