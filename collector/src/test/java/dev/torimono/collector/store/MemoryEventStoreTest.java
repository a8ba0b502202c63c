// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

/** The yardstick itself keeps the contract. */
final class MemoryEventStoreTest extends EventStoreContract {
    @Override
    protected EventStore open() {
        return new MemoryEventStore();
    }
}
