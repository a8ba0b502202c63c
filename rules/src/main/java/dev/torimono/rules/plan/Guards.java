// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds what several conditions demand alike, and what of each remains beside it. */
final class Guards {
    private final int words;
    private final Map<Node, BitSet> guarded = new LinkedHashMap<>();
    private final List<Node> guards;
    private final List<Node> rest = new ArrayList<>();

    Guards(List<Node> conditions) {
        words = (conditions.size() + 63) >> 6;
        for (int i = 0; i < conditions.size(); i++) {
            for (Node demand : demands(conditions.get(i))) {
                guarded.computeIfAbsent(demand, node -> new BitSet()).set(i);
            }
        }
        guarded.values().removeIf(rules -> rules.cardinality() < 2);
        guards = new ArrayList<>(guarded.keySet());
        guards.sort(Comparator.comparingDouble(this::rank));
        for (Node condition : conditions) {
            rest.add(rest(condition));
        }
    }

    private static List<Node> demands(Node condition) {
        return condition instanceof Node.All all ? all.parts() : List.of(condition);
    }

    /** What strikes out many rules for little cost comes first. */
    private double rank(Node guard) {
        BitSet rules = guarded.getOrDefault(guard, new BitSet());
        double struck = rules.cardinality() * (1 - Likelihood.of(guard));
        return (Cost.MEMO + Cost.of(guard)) / Math.max(struck, 0.001);
    }

    private Node rest(Node condition) {
        Set<Node> demanded = new HashSet<>(guards);
        List<Node> left = new ArrayList<>();
        for (Node demand : demands(condition)) {
            if (!demanded.contains(demand)) {
                left.add(demand);
            }
        }
        return left.isEmpty() ? Node.TRUE : left.size() == 1 ? left.getFirst() : new Node.All(left);
    }

    /** Parts that two or more conditions demand, in the order to evaluate them. */
    List<Node> guards() {
        return guards;
    }

    /** Each condition without its guards, by position. */
    List<Node> rest() {
        return rest;
    }

    /** Bits of the conditions that demand a guard. */
    long[] guarded(Node guard) {
        long[] bits = new long[words];
        long[] set = guarded.getOrDefault(guard, new BitSet()).toLongArray();
        System.arraycopy(set, 0, bits, 0, set.length);
        return bits;
    }
}
