// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import java.util.Comparator;
import java.util.Map;

/**
 * What events that share a value of an attribute come to.
 *
 * @param value the value
 * @param count how many there are
 * @param firstNs the earliest, ns since the epoch
 * @param lastNs the latest
 * @param severity the most severe of theirs, 0 to 7
 * @param statuses how many have each status
 */
public record EventGroup(
        String value,
        long count,
        long firstNs,
        long lastNs,
        int severity,
        Map<String, Long> statuses) {
    /** Those with the latest event first. */
    public static final Comparator<EventGroup> LATEST_FIRST =
            Comparator.comparingLong(EventGroup::lastNs)
                    .thenComparing(EventGroup::value)
                    .reversed();

    public EventGroup {
        statuses = Map.copyOf(statuses);
    }

    /** Both together; of the same value. */
    public EventGroup with(EventGroup other) {
        Map<String, Long> sum = new java.util.HashMap<>(statuses);
        other.statuses().forEach((status, more) -> sum.merge(status, more, Long::sum));
        return new EventGroup(
                value,
                count + other.count(),
                Math.min(firstNs, other.firstNs()),
                Math.max(lastNs, other.lastNs()),
                Math.min(severity, other.severity()),
                sum);
    }
}
