// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what someone probably meant. */
public final class Similar {
    private static final int LONGEST = 64;

    /** More than this nobody has to search for a slip of the pen. */
    private static final int MOST = 500;

    private Similar() {}

    /** The known word nearest to a mistaken one; null when none is near. */
    public static @Nullable String to(String word, Collection<String> known) {
        if (word.length() > LONGEST) {
            return null;
        }
        String best = null;
        int bestDistance = Math.max(1, word.length() / 3) + 1;
        int left = MOST;
        for (String candidate : known) {
            if (left-- == 0) {
                break;
            }
            if (Math.abs(candidate.length() - word.length()) < bestDistance
                    && candidate.length() <= LONGEST) {
                int distance = distance(word, candidate);
                boolean nearer =
                        distance < bestDistance
                                || (distance == bestDistance
                                        && best != null
                                        && candidate.compareTo(best) < 0);
                if (nearer) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return best;
    }

    /** As the end of a message: empty, or with the nearest known word. */
    public static String hint(String word, Collection<String> known) {
        String near = to(word, known);
        return near == null ? "" : "; did you mean '" + near + "'?";
    }

    /** Edits between two words, letter case aside, two swapped neighbours being one. */
    private static int distance(String a, String b) {
        String left = a.toLowerCase(Locale.ROOT);
        String right = b.toLowerCase(Locale.ROOT);
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        boolean same = left.charAt(i - 1) == right.charAt(j - 1);
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + (same ? 0 : 1));
        boolean swapped =
                i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
