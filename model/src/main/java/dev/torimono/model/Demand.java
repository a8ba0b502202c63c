// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.ArrayList;
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

    /**
     * The same, and of some types also what an interest admits; a type that is wanted whole stays
     * so.
     */
    public Demand with(Interest interest) {
        BitSet types = interest.eventTypes();
        BitSet concerned = new BitSet();
        interests.forEach(each -> concerned.or(each.eventTypes()));
        BitSet whole = eventTypes();
        whole.andNot(concerned);
        types.andNot(whole);
        if (types.isEmpty()) {
            return this;
        }
        BitSet all = eventTypes();
        all.or(types);
        List<Interest> more = new ArrayList<>(interests);
        more.add(
                new Interest(
                        types,
                        interest.modes(),
                        interest.outcomes(),
                        interest.places(),
                        interest.kinds(),
                        interest.paths()));
        return new Demand(all, environment, more);
    }

    public boolean wants(EventType type) {
        return eventTypes.get(type.code());
    }

    @Override
    public BitSet eventTypes() {
        return (BitSet) eventTypes.clone();
    }
}
