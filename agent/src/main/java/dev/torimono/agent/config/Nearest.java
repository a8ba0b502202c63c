// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Did you mean: the known word that is fewest typing errors away. */
public final class Nearest {
    private Nearest() {}

    /** The nearest word, when near enough to be meant. */
    public static Optional<String> to(String word, Collection<String> known) {
        int limit = Math.max(2, word.length() / 3);
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(best -> distance(word, best) <= limit);
    }

    /** As the end of a complaint: {@code ; did you mean x?}, or nothing. */
    public static String hint(String word, Collection<String> known) {
        return to(word, known).map(best -> "; did you mean " + best + "?").orElse("");
    }

    /** Levenshtein's distance, in two rows. */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
