// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.StoredEvent;

/**
 * An event on its way into journal and index.
 *
 * @param event what is kept
 * @param packed its JSON, as both keep it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Entry(StoredEvent event, byte[] packed) {
    EventId id() {
        return event.id();
    }
}
