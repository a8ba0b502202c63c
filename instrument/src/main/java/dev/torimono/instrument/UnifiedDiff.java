// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument;

import java.util.ArrayList;
import java.util.List;

/** What changes between two texts, as `patch` and people read it. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final long MAX_COMPARED = 16 << 20;

    private record Line(char mark, String text) {}

    private UnifiedDiff() {}

    /** Empty for equal texts. */
    public static String of(String name, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        List<Line> lines = lines(split(before), split(after));
        StringBuilder out = new StringBuilder("--- " + name + "\n+++ " + name + "\n");
        int at = 0;
        while (at < lines.size()) {
            int first = next(lines, at);
            if (first == lines.size()) {
                break;
            }
            int end = end(lines, first);
            hunk(out, lines, Math.max(at, first - CONTEXT), end);
            at = end;
        }
        return out.toString();
    }

    /** With their line breaks, so that a missing last one shows. */
    private static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(at, end));
            at = end;
        }
        return lines;
    }

    /**
     * The fewest changes; with too many lines to compare, what is between equal ends goes whole.
     */
    private static List<Line> lines(List<String> a, List<String> b) {
        int head = 0;
        while (head < Math.min(a.size(), b.size()) && a.get(head).equals(b.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(a.size(), b.size()) - head
                && a.get(a.size() - 1 - tail).equals(b.get(b.size() - 1 - tail))) {
            tail++;
        }
        List<Line> out = new ArrayList<>();
        a.subList(0, head).forEach(one -> out.add(new Line(' ', one)));
        changed(a.subList(head, a.size() - tail), b.subList(head, b.size() - tail), out);
        a.subList(a.size() - tail, a.size()).forEach(one -> out.add(new Line(' ', one)));
        return out;
    }

    private static void changed(List<String> a, List<String> b, List<Line> out) {
        boolean compared = (long) a.size() * b.size() <= MAX_COMPARED;
        int[][] common = compared ? common(a, b) : new int[0][];
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            if (compared && i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
                out.add(new Line(' ', a.get(i++)));
                j++;
            } else if (i < a.size()
                    && (j == b.size() || !compared || common[i + 1][j] >= common[i][j + 1])) {
                out.add(new Line('-', a.get(i++)));
            } else {
                out.add(new Line('+', b.get(j++)));
            }
        }
    }

    /** How many lines the rests from here have in common, in order. */
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

    private static int next(List<Line> lines, int at) {
        int i = at;
        while (i < lines.size() && lines.get(i).mark() == ' ') {
            i++;
        }
        return i;
    }

    /** Behind the context of the last change that is near enough to share a hunk. */
    private static int end(List<Line> lines, int first) {
        int end = first;
        int i = first;
        while (i < lines.size() && i - end <= 2 * CONTEXT) {
            if (lines.get(i).mark() != ' ') {
                end = i + 1;
            }
            i++;
        }
        return Math.min(lines.size(), end + CONTEXT);
    }

    private static void hunk(StringBuilder out, List<Line> lines, int from, int to) {
        long oldStart = lines.subList(0, from).stream().filter(one -> one.mark() != '+').count();
        long newStart = lines.subList(0, from).stream().filter(one -> one.mark() != '-').count();
        List<Line> hunk = lines.subList(from, to);
        long oldLines = hunk.stream().filter(one -> one.mark() != '+').count();
        long newLines = hunk.stream().filter(one -> one.mark() != '-').count();
        out.append("@@ -").append(range(oldStart, oldLines));
        out.append(" +").append(range(newStart, newLines)).append(" @@\n");
        for (Line line : hunk) {
            out.append(line.mark()).append(line.text());
            if (!line.text().endsWith("\n")) {
                out.append("\n\\ No newline at end of file\n");
            }
        }
    }

    private static String range(long before, long count) {
        return (count == 0 ? before : before + 1) + "," + count;
    }
}
