// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.BitSet;

/**
 * What the loaded rules want of an event source: a necessary condition, so a source may send more
 * but never less. The event types whose state the host needs are always sent.
 *
 * @param eventTypes codes of the wanted event types
 * @param environment whether any rule reads the environment of processes
 */
public record Demand(BitSet eventTypes, boolean environment) {
    public Demand {
        eventTypes = (BitSet) eventTypes.clone();
    }

    /** Everything a source can give. */
    public static Demand everything() {
        BitSet all = new BitSet();
        all.set(0, EventType.count());
        return new Demand(all, true);
    }

    public boolean wants(EventType type) {
        return eventTypes.get(type.code());
    }

    @Override
    public BitSet eventTypes() {
        return (BitSet) eventTypes.clone();
    }
}
