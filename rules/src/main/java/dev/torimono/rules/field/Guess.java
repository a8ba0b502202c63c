// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import java.util.Collection;

/** Guesses what a misspelt word was meant to be. */
public final class Guess {
    private static final int MAX_LENGTH = 64;

    private Guess() {}

    /** {@code ; did you mean X?} for the nearest of the words, or nothing when none is near. */
    public static String among(String word, Collection<String> words) {
        if (word.length() > MAX_LENGTH) {
            return "";
        }
        String best = "";
        int bestDistance = Math.max(1, word.length() / 3) + 1;
        for (String candidate : words) {
            if (Math.abs(candidate.length() - word.length()) < bestDistance) {
                int distance = distance(word, candidate);
                if (distance < bestDistance) {
                    bestDistance = distance;
                    best = candidate;
                }
            }
        }
        return best.isEmpty() ? "" : "; did you mean " + best + "?";
    }

    /** Insertions, deletions and replacements that turn one word into the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
