// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import dev.torimono.collector.query.Filter;

/**
 * Which events.
 *
 * @param fromNs first moment, included
 * @param toNs last moment, included
 * @param filter what they are like
 */
public record EventRange(long fromNs, long toNs, Filter filter) {
    public static final EventRange ALL = new EventRange(0, Long.MAX_VALUE, Filter.ALL);

    public boolean contains(StoredEvent event) {
        long timeNs = event.id().timeNs();
        return timeNs >= fromNs && timeNs <= toNs && filter.matches(event);
    }
}
