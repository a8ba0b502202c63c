// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.source;

import java.util.ArrayList;
import java.util.List;

/** What changes between two texts, line by line: the lines of both, marked. */
public final class LineDiff {
    /** Beyond this the table of a comparison would be larger than anyone reads. */
    private static final int MOST_LINES = 5000;

    private LineDiff() {}

    /** Each line with a space, {@code -} or {@code +} before it. */
    public static List<String> of(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        List<String> diff = new ArrayList<>();
        if (a.size() > MOST_LINES || b.size() > MOST_LINES) {
            a.forEach(line -> diff.add("-" + line));
            b.forEach(line -> diff.add("+" + line));
            return diff;
        }
        int[][] common = common(a, b);
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                diff.add(" " + a.get(i));
                i++;
                j++;
            } else if (i < a.size() && (j == b.size() || common[i + 1][j] >= common[i][j + 1])) {
                diff.add("-" + a.get(i++));
            } else {
                diff.add("+" + b.get(j++));
            }
        }
        return diff;
    }

    /** Length of the longest common run of lines from each pair of places on. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] =
                        a.get(i).equals(b.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
