// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.util.List;

/**
 * What fires a rule.
 *
 * @param steps what is done, in order; empty when nothing fires it
 * @param cannot why nothing fires it; empty otherwise
 */
public record Action(List<Step> steps, String cannot) {
    private static final String BACKGROUND = "background";
    private static final String REST = "rest";

    /**
     * One deed.
     *
     * @param place where
     * @param words verb and words, a program and its arguments, or options, as the place has it
     */
    public record Step(Place place, List<String> words) {
        public Step {
            words = List.copyOf(words);
        }

        @Override
        public String toString() {
            return place.word() + ": " + String.join(" ", words);
        }
    }

    public Action {
        steps = List.copyOf(steps);
    }

    /** Whether it can be repeated many times a second. */
    boolean quick() {
        return !steps.isEmpty()
                && steps.stream()
                        .allMatch(s -> s.place().served() && !s.words().contains(BACKGROUND));
    }

    /** Seconds that the last deed comes after the order; 0 for at once. */
    int delaySeconds() {
        return steps.stream()
                .map(Step::words)
                .filter(words -> words.contains(REST))
                .mapToInt(words -> Integer.parseInt(words.get(words.indexOf(REST) + 1)))
                .max()
                .orElse(0);
    }
}
