// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.util.List;
import java.util.Map;

/**
 * What fires a rule.
 *
 * @param steps what is done, in order; empty when nothing fires it
 * @param cannot why nothing fires it; empty otherwise
 * @param names domain names that must lead to these addresses where alerts are made
 */
public record Action(List<Step> steps, String cannot, Map<String, String> names) {
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
        names = Map.copyOf(names);
    }

    /** Whether it can be repeated many times a second. */
    boolean quick() {
        return !steps.isEmpty()
                && steps.stream()
                        .allMatch(s -> s.place().served() && !s.words().contains(BACKGROUND));
    }

    /** Whether some of it is done in a container. */
    boolean inContainer() {
        return steps.stream().anyMatch(step -> step.place() != Place.HOST);
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
