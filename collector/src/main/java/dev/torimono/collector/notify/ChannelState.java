// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

/**
 * How a channel fares since the start.
 *
 * @param lastError why it last took nothing; empty when it did, or has not been tried
 * @param delivered how many it took
 * @param lost how many it will never take
 * @param deliveredMs when it last took one, ms since the epoch; 0 for never
 */
public record ChannelState(String lastError, long delivered, long lost, long deliveredMs) {
    static final ChannelState NEW = new ChannelState("", 0, 0, 0);

    ChannelState taken(long nowMs) {
        return new ChannelState("", delivered + 1, lost, nowMs);
    }

    ChannelState failed(String why) {
        return new ChannelState(why, delivered, lost, deliveredMs);
    }

    ChannelState lostOne() {
        return new ChannelState(lastError, delivered, lost + 1, deliveredMs);
    }
}
