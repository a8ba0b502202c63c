// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import dev.torimono.model.EventType;
import dev.torimono.model.Interest;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A mutable-free conjunction while a condition is being walked; becomes an {@link Interest}. */
record Region(
        BitSet types,
        int modes,
        int outcomes,
        int places,
        int kinds,
        Interest.@Nullable Paths paths) {

    /** Admits every event. */
    static Region everything() {
        BitSet all = new BitSet();
        all.set(0, EventType.count());
        return ofTypes(all);
    }

    static Region ofTypes(BitSet types) {
        return new Region(
                types,
                Interest.ANY_MODE,
                Interest.ANY_OUTCOME,
                Interest.ANY_PLACE,
                Interest.ANY_KIND,
                null);
    }

    Region withModes(int value) {
        return new Region(types, value, outcomes, places, kinds, paths);
    }

    Region withOutcomes(int value) {
        return new Region(types, modes, value, places, kinds, paths);
    }

    Region withPlaces(int value) {
        return new Region(types, modes, outcomes, value, kinds, paths);
    }

    Region withKinds(int value) {
        return new Region(types, modes, outcomes, places, value, paths);
    }

    Region withPaths(Interest.@Nullable Paths value) {
        return new Region(types, modes, outcomes, places, kinds, value);
    }

    /** What both admit; of two path sets the smaller stands for both, which admits no less. */
    Region and(Region other) {
        BitSet both = (BitSet) types.clone();
        both.and(other.types);
        return new Region(
                both,
                modes & other.modes,
                outcomes & other.outcomes,
                places & other.places,
                kinds & other.kinds,
                narrower(paths, other.paths));
    }

    boolean isImpossible() {
        return interest().isImpossible();
    }

    /** Whether this admits everything the other does, judged without comparing path sets. */
    boolean covers(Region other) {
        BitSet missing = (BitSet) other.types.clone();
        missing.andNot(types);
        return missing.isEmpty()
                && (modes & other.modes) == other.modes
                && (outcomes & other.outcomes) == other.outcomes
                && (places & other.places) == other.places
                && (kinds & other.kinds) == other.kinds
                && (paths == null || paths.equals(other.paths));
    }

    /** Whether both differ in nothing but their paths. */
    boolean sameButPaths(Region other) {
        return withPaths(null).equals(other.withPaths(null));
    }

    Interest interest() {
        return new Interest(types, modes, outcomes, places, kinds, paths);
    }

    private static Interest.@Nullable Paths narrower(
            Interest.@Nullable Paths a, Interest.@Nullable Paths b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return weight(a) <= weight(b) ? a : b;
    }

    /** Prefixes admit most, whole paths least. */
    private static int weight(Interest.Paths paths) {
        return paths.exact().size()
                + 4 * paths.names().size()
                + 8 * paths.directories().size()
                + 16 * paths.fragments().size()
                + 64 * paths.prefixes().size();
    }
}
