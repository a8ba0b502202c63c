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
            }
            case Node.Constant c -> {}
            case Node.Present p -> {}
            case Node.Pair p -> {}
        }
    }

    /** The set that a test looks a single text up in; empty when it does something else. */
    static List<Text> texts(Node.Test test) {
        if (test.source().several() != Several.NO) {
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
}
