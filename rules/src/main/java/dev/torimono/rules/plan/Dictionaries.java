// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import dev.torimono.rules.plan.Source.Several;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One dictionary per source: every text that some rule compares the source's single value with. */
final class Dictionaries {
    private final Slots slots;
    private final Map<Source, Map<Text, Integer>> words = new HashMap<>();
    private final Map<Source, DictionarySlot> made = new HashMap<>();
    private final Map<Source, Map<Text, Integer>> prefixes = new HashMap<>();
    private final Map<Source, PrefixSlot> prefixSlots = new HashMap<>();

    Dictionaries(Slots slots) {
        this.slots = slots;
    }

    /** Collects the words of a condition; to be called for each before any is planned. */
    void collect(Node node) {
        switch (node) {
            case Node.All all -> all.parts().forEach(this::collect);
            case Node.Any any -> any.parts().forEach(this::collect);
            case Node.One one -> one.parts().forEach(this::collect);
            case Node.Not not -> collect(not.part());
            case Node.Test test -> {
                Map<Text, Integer> known =
                        words.computeIfAbsent(test.source(), source -> new LinkedHashMap<>());
                for (Text text : texts(test)) {
                    known.putIfAbsent(text, known.size() + 1);
                }
                if (test.match() instanceof Match.StartsWith start && isPrefix(test)) {
                    Map<Text, Integer> starts =
                            prefixes.computeIfAbsent(
                                    test.source(), source -> new LinkedHashMap<>());
                    starts.putIfAbsent(start.text(), starts.size());
                }
            }
            case Node.Constant c -> {}
            case Node.Present p -> {}
            case Node.Pair p -> {}
        }
    }

    private static boolean isSingle(Node.Test test) {
        return test.source().several() == Several.NO;
    }

    /** The set that a test looks a single text up in; empty when it does something else. */
    static List<Text> texts(Node.Test test) {
        if (!isSingle(test)) {
            return List.of();
        }
        Match match = test.match() instanceof Match.Other other ? other.match() : test.match();
        return match instanceof Match.AmongTexts among ? among.texts() : List.of();
    }

    /** The test of a set by one lookup that all tests of the source share. */
    Eval member(Node.Test test, List<Text> texts) {
        Map<Text, Integer> known = words.getOrDefault(test.source(), Map.of());
        DictionarySlot slot = made.get(test.source());
        if (slot == null) {
            Dictionary dictionary = new Dictionary(List.copyOf(known.keySet()));
            slot = new DictionarySlot(slots.of(test.source()), dictionary);
            made.put(test.source(), slot);
        }
        long[] members = new long[(known.size() >> 6) + 1];
        for (Text text : texts) {
            int index = known.getOrDefault(text, 0);
            members[index >> 6] |= 1L << index;
        }
        return new Eval.Member(slot, members, test.match() instanceof Match.Other);
    }

    /** Whether a test is for a prefix of a single value. */
    static boolean isPrefix(Node.Test test) {
        return test.match() instanceof Match.StartsWith && isSingle(test);
    }

    /** The test of one or several prefixes of one source, by the walk that all its tests share. */
    Eval prefixes(List<Node.Test> tests) {
        Source source = tests.getFirst().source();
        Map<Text, Integer> known = prefixes.getOrDefault(source, Map.of());
        PrefixSlot slot = prefixSlots.get(source);
        if (slot == null) {
            PrefixIndex index = new PrefixIndex(List.copyOf(known.keySet()));
            slot = new PrefixSlot(slots.of(source), index);
            prefixSlots.put(source, slot);
        }
        long[] wanted = new long[(known.size() + 63) >> 6];
        for (Node.Test test : tests) {
            if (test.match() instanceof Match.StartsWith start) {
                int position = known.getOrDefault(start.text(), 0);
                wanted[position >> 6] |= 1L << position;
            }
        }
        return new Eval.Prefixes(slot, wanted);
    }
}
