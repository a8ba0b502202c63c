// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import java.util.List;

/**
 * A page of events, newest first.
 *
 * @param events what is on it
 * @param total how many there are on all pages
 * @param more whether there are further ones in the direction that was asked for
 */
public record EventPage(List<Found> events, long total, boolean more) {
    public EventPage {
        events = List.copyOf(events);
    }
}
