// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * What the loaded rules want of an event source: a necessary condition, so a source may send more
 * but never less. The event types whose state the host needs are always sent.
 *
 * @param eventTypes codes of the wanted event types
 * @param environment whether any rule reads the environment of processes
 * @param interests what more a wanted event must be to matter; a type that none of them concerns is
 *     wanted whole
 * @param names domain names that addresses are compared with
 */
public record Demand(
        BitSet eventTypes, boolean environment, List<Interest> interests, Set<String> names) {
    public Demand {
        eventTypes = (BitSet) eventTypes.clone();
        interests = List.copyOf(interests);
        names = Set.copyOf(names);
    }

    /** Without names. */
    public Demand(BitSet eventTypes, boolean environment, List<Interest> interests) {
        this(eventTypes, environment, interests, Set.of());
    }

    /** Whole event types. */
    public Demand(BitSet eventTypes, boolean environment) {
        this(eventTypes, environment, List.of());
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
