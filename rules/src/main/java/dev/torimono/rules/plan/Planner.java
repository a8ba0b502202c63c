// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the conditions for one event type into evaluators. Equal nodes become one evaluator; those
 * that occur more than once remember their answer.
 */
final class Planner {
    private static final double MIN_LIKELIHOOD = 0.001;

    private final Slots slots;
    private final Dictionaries dictionaries;
    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Node, Eval> evals = new HashMap<>();

    Planner(Slots slots, Dictionaries dictionaries) {
        this.slots = slots;
        this.dictionaries = dictionaries;
    }

    /** Counts what occurs how often; to be called for every node before any is planned. */
    void count(Node node) {
        if (uses.merge(node, 1, Integer::sum) > 1) {
            return;
        }
        switch (node) {
            case Node.All all -> all.parts().forEach(this::count);
            case Node.Any any -> any.parts().forEach(this::count);
            case Node.One one -> one.parts().forEach(this::count);
            case Node.Not not -> count(not.part());
            case Node.Test t -> {}
            case Node.Constant c -> {}
            case Node.Present p -> {}
            case Node.Pair p -> {}
        }
    }

    Eval plan(Node node) {
        Eval known = evals.get(node);
        if (known != null) {
            return known;
        }
        Eval eval = make(node);
        boolean shared = uses.getOrDefault(node, 1) > 1;
        if (shared && Cost.of(node) > Cost.MEMO) {
            eval = new Eval.Memo(eval);
        }
        evals.put(node, eval);
        return eval;
    }

    /** Where a source's text was seen before; the same for all programs. */
    SeenSlot seen(Source source) {
        return slots.seen(source);
    }

    private Eval make(Node node) {
        return switch (node) {
            case Node.All all -> new Eval.And(parts(all.parts(), true));
            case Node.Any any -> any(any);
            case Node.One one -> new Eval.One(parts(one.parts(), false));
            case Node.Not not -> new Eval.Not(plan(not.part()));
            case Node.Constant constant -> new Eval.Constant(constant.value());
            case Node.Present present -> new Eval.Present(slots.of(present.source()));
            case Node.Test test -> test(test);
            case Node.Pair pair ->
                    new PairEval(
                            slots.of(pair.left()),
                            slots.of(pair.right()),
                            pair.operator(),
                            pair.numbers(),
                            pair.left().several() != Source.Several.NO);
        };
    }

    /**
     * What decides soonest for its cost comes first: in a conjunction what is cheap and seldom
     * holds, in a disjunction what is cheap and mostly does. The order changes no answer.
     */
    private Eval[] parts(List<Node> nodes, boolean conjunction) {
        List<Node> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparingDouble(node -> rank(node, conjunction)));
        return sorted.stream().map(this::plan).toArray(Eval[]::new);
    }

    /** Alternatives that one lookup answers become one. */
    private Eval any(Node.Any any) {
        List<Node> parts = new ArrayList<>();
        Map<Source, List<Node.Test>> prefixes = new LinkedHashMap<>();
        Map<Source, List<Text>> words = new LinkedHashMap<>();
        for (Node part : any.parts()) {
            if (part instanceof Node.Test test && Dictionaries.isPrefix(test)) {
                prefixes.computeIfAbsent(test.source(), s -> new ArrayList<>()).add(test);
            } else if (part instanceof Node.Test test
                    && test.match() instanceof Match.AmongTexts among
                    && test.source().several() == Source.Several.NO) {
                words.computeIfAbsent(test.source(), s -> new ArrayList<>()).addAll(among.texts());
            } else {
                parts.add(part);
            }
        }
        words.forEach(
                (source, texts) -> parts.add(new Node.Test(source, new Match.AmongTexts(texts))));
        List<Eval> evals = new ArrayList<>();
        prefixes.values().forEach(tests -> evals.add(dictionaries.prefixes(tests)));
        evals.addAll(List.of(parts(parts, false)));
        return evals.size() == 1 ? evals.getFirst() : new Eval.Or(evals.toArray(Eval[]::new));
    }

    private double rank(Node node, boolean conjunction) {
        double cost = Cost.MEMO + Cost.of(node) / (double) uses.getOrDefault(node, 1);
        double holds = Likelihood.of(node);
        double decides = conjunction ? 1 - holds : holds;
        return cost / Math.max(decides, MIN_LIKELIHOOD);
    }

    private Eval test(Node.Test test) {
        List<Text> texts = Dictionaries.texts(test);
        if (!texts.isEmpty()) {
            return dictionaries.member(test, texts);
        }
        if (Dictionaries.isPrefix(test)) {
            return dictionaries.prefixes(List.of(test));
        }
        Slot slot = slots.of(test.source());
        return switch (test.source().several()) {
            case NO -> new Eval.Single(slot, test.match());
            case ANY, LIST_SOME -> new Eval.Some(slot, test.match());
            case EVERY, LIST_EVERY -> new Eval.Every(slot, test.match());
        };
    }
}
