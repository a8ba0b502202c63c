// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.demand;

import dev.torimono.model.Interest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disjunction of regions, kept small: an event is admitted when some region admits it. Beyond the
 * limit regions are united into wider ones, which admits more but never less.
 */
record Regions(List<Region> any) {
    /** A sensor tests one bit of a word for each. */
    static final int LIMIT = 64;

    static final Regions EVERYTHING = new Regions(List.of(Region.everything()));
    static final Regions NOTHING = new Regions(List.of());

    Regions {
        any = List.copyOf(any);
    }

    static Regions of(Region... regions) {
        return NOTHING.or(new Regions(List.of(regions)));
    }

    Regions and(Regions other) {
        // Most comparisons tell a sensor nothing.
        if (other.equals(EVERYTHING)) {
            return this;
        }
        if (equals(EVERYTHING)) {
            return other;
        }
        Regions result = NOTHING;
        for (Region a : any) {
            for (Region b : other.any) {
                Region both = a.and(b);
                if (!both.isImpossible()) {
                    result = result.or(new Regions(List.of(both)));
                }
            }
        }
        return result;
    }

    Regions or(Regions other) {
        List<Region> result = new ArrayList<>(any);
        for (Region region : other.any) {
            if (!region.isImpossible() && result.stream().noneMatch(r -> r.covers(region))) {
                result.removeIf(region::covers);
                result.add(region);
            }
        }
        return new Regions(bounded(unitePaths(result)));
    }

    /** Regions that differ only in their paths become one. */
    private static List<Region> unitePaths(List<Region> regions) {
        List<Region> result = new ArrayList<>();
        for (Region region : regions) {
            int twin = -1;
            for (int i = 0; i < result.size(); i++) {
                if (result.get(i).sameButPaths(region)) {
                    twin = i;
                }
            }
            if (twin < 0) {
                result.add(region);
            } else {
                Region before = result.get(twin);
                result.set(twin, before.withPaths(union(before.paths(), region.paths())));
            }
        }
        return result;
    }

    private static List<Region> bounded(List<Region> regions) {
        List<Region> result = new ArrayList<>(regions);
        while (result.size() > LIMIT) {
            Region last = result.removeLast();
            result.set(0, hull(result.getFirst(), last));
        }
        return result;
    }

    /** The narrowest region that admits all that either does. */
    private static Region hull(Region a, Region b) {
        BitSet types = (BitSet) a.types().clone();
        types.or(b.types());
        return new Region(
                types,
                a.modes() | b.modes(),
                a.outcomes() | b.outcomes(),
                a.places() | b.places(),
                a.kinds() | b.kinds(),
                union(a.paths(), b.paths()));
    }

    private static Interest.@Nullable Paths union(
            Interest.@Nullable Paths a, Interest.@Nullable Paths b) {
        if (a == null || b == null) {
            return null;
        }
        return new Interest.Paths(
                union(a.exact(), b.exact()),
                union(a.prefixes(), b.prefixes()),
                union(a.directories(), b.directories()),
                union(a.names(), b.names()),
                union(a.fragments(), b.fragments()));
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> both = new HashSet<>(a);
        both.addAll(b);
        return both;
    }
}
