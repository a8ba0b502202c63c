// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what the conditions of a block demand into steps that strike out several of them at once,
 * cheap and striking ones first, and what each demands beside them.
 */
final class Steps {
    /** What it costs to find a text again. */
    private static final int LOOKUP = 6;

    /** Demands that together cost less are evaluated sooner than the text is found again. */
    private static final int SIEVE = 100;

    /** Fewer rules than this seldom ask enough of a text for it to be worth remembering. */
    private static final int SHARERS = 4;

    /** What is implied only and holds more often than this strikes out too little. */
    private static final double WORTHWHILE = 0.6;

    private final List<Set<Node>> rest = new ArrayList<>();
    private final List<Planned> steps = new ArrayList<>();

    /** A step before it is made; smaller ranks come first. */
    private sealed interface Planned {
        double rank();

        record OfSource(double rank, Source source, List<Node> demands) implements Planned {}

        record OfDemand(double rank, BitSet rules, Node demand) implements Planned {}
    }

    Steps(List<Node> conditions) {
        conditions.forEach(condition -> rest.add(new LinkedHashSet<>(Demands.of(condition))));
        takeTexts();
        takeShared();
        steps.sort(Comparator.comparingDouble(Planned::rank));
    }

    /** Takes out what two or more conditions demand of one text. */
    private void takeTexts() {
        Map<Source, Map<Integer, List<Node>>> bySource = new LinkedHashMap<>();
        for (int i = 0; i < rest.size(); i++) {
            for (Node demand : rest.get(i)) {
                for (Source source : Demands.texts(demand)) {
                    Node implied = Demands.implied(demand, source);
                    if (implied != null
                            && (implied.equals(demand) || Likelihood.of(implied) < WORTHWHILE)) {
                        bySource.computeIfAbsent(source, s -> new LinkedHashMap<>())
                                .computeIfAbsent(i, rule -> new ArrayList<>())
                                .add(implied);
                    }
                }
            }
        }
        bySource.forEach(
                (source, byRule) -> {
                    if (byRule.size() >= SHARERS && plainCost(source, byRule) > SIEVE) {
                        takeText(source, byRule);
                    }
                });
    }

    /** What it costs to evaluate each of the demands on a text once. */
    private static int plainCost(Source source, Map<Integer, List<Node>> byRule) {
        Set<Node> distinct = new HashSet<>();
        byRule.values().forEach(distinct::addAll);
        int cost = 0;
        for (Node demand : distinct) {
            cost += Math.max(1, Cost.of(demand) - Cost.of(source));
        }
        return cost;
    }

    private void takeText(Source source, Map<Integer, List<Node>> byRule) {
        List<Node> demands = new ArrayList<>();
        double struck = 0;
        for (int i = 0; i < rest.size(); i++) {
            List<Node> demanded = byRule.getOrDefault(i, List.of());
            // What is only implied stays in the rest, too.
            demanded.forEach(rest.get(i)::remove);
            Node all = Demands.all(demanded);
            demands.add(all);
            struck += 1 - Likelihood.of(all);
        }
        double rank = (LOOKUP + Cost.of(source)) / Math.max(struck, 0.001);
        steps.add(new Planned.OfSource(rank, source, demands));
    }

    /** Takes out whatever else two or more conditions demand. */
    private void takeShared() {
        Map<Node, BitSet> sharers = new LinkedHashMap<>();
        for (int i = 0; i < rest.size(); i++) {
            for (Node demand : rest.get(i)) {
                sharers.computeIfAbsent(demand, node -> new BitSet()).set(i);
            }
        }
        sharers.forEach(
                (demand, rules) -> {
                    if (rules.cardinality() > 1) {
                        rest.forEach(of -> of.remove(demand));
                        double struck = rules.cardinality() * (1 - Likelihood.of(demand));
                        double cost = Cost.MEMO + Cost.of(demand);
                        steps.add(
                                new Planned.OfDemand(
                                        cost / Math.max(struck, 0.001), rules, demand));
                    }
                });
    }

    /** Everything that will be evaluated, by steps and beside them. */
    List<Node> nodes() {
        List<Node> nodes = new ArrayList<>(rest());
        for (Planned step : steps) {
            switch (step) {
                case Planned.OfSource of -> nodes.addAll(of.demands());
                case Planned.OfDemand of -> nodes.add(of.demand());
            }
        }
        return nodes;
    }

    /** What each condition demands beside the steps, by position. */
    List<Node> rest() {
        return rest.stream().map((Collection<Node> parts) -> Demands.all(parts)).toList();
    }

    /** The steps, in the order to take them. */
    Step[] make(Planner planner) {
        return steps.stream().map(step -> make(step, planner)).toArray(Step[]::new);
    }

    private Step make(Planned step, Planner planner) {
        return switch (step) {
            case Planned.OfDemand of -> new Step.Guard(bits(of.rules()), planner.plan(of.demand()));
            case Planned.OfSource of -> {
                BitSet rules = new BitSet();
                @Nullable Eval[] demands = new @Nullable Eval[of.demands().size()];
                for (int i = 0; i < demands.length; i++) {
                    if (!of.demands().get(i).equals(Node.TRUE)) {
                        rules.set(i);
                        demands[i] = planner.plan(of.demands().get(i));
                    }
                }
                yield new Sieve(bits(rules), planner.seen(of.source()), demands);
            }
        };
    }

    private static long bits(BitSet set) {
        return set.isEmpty() ? 0 : set.toLongArray()[0];
    }
}
