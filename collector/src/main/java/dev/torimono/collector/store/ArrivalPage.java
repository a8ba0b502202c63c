// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import java.util.List;

/**
 * Some events in the order in which they came to be kept.
 *
 * @param events the earliest first
 * @param upTo everything up to this place in the order has been looked at: ask for what is after
 */
public record ArrivalPage(List<Found> events, long upTo) {
    public ArrivalPage {
        events = List.copyOf(events);
    }
}
