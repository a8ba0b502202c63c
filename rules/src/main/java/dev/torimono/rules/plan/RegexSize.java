// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what a regular expression grows to when its counted repetitions are written out, as RE2
 * does and RE2/J does not: {@code ((a{999}){999}){999}} would fill any memory.
 */
final class RegexSize {
    /** RE2 allows so many repetitions, nested ones multiplied. */
    private static final long MAX_REPETITIONS = 1000;

    private static final long MAX_PARTS = 100_000;

    /** Longest text of {@code {n,m}} that can be a valid one. */
    private static final int LONGEST_BOUND = 12;

    private long size;
    private long last;

    /** Repetitions of the last part, and the most of any part before it. */
    private long repetitions = 1;

    private long before = 1;

    /** Why the expression is too large; null when it is not. */
    static @Nullable String fault(String expression) {
        Deque<RegexSize> outer = new ArrayDeque<>();
        RegexSize at = new RegexSize();
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            switch (c) {
                case '(' -> {
                    outer.push(at);
                    at = new RegexSize();
                }
                case ')' -> {
                    if (!outer.isEmpty()) {
                        RegexSize group = at;
                        at = outer.pop();
                        at.atom(
                                group.size + group.last + 2,
                                Math.max(group.repetitions, group.before));
                    }
                }
                case '{' -> {
                    long times = bound(expression, i);
                    at.repeat(times);
                    if (at.repetitions > MAX_REPETITIONS) {
                        return "more than " + MAX_REPETITIONS + " repetitions";
                    }
                }
                case '\\' -> {
                    i++;
                    at.atom(1, 1);
                }
                default -> at.atom(1, 1);
            }
            if (at.size + at.last > MAX_PARTS) {
                return "more than " + MAX_PARTS + " parts once repetitions are written out";
            }
        }
        return null;
    }

    private void atom(long parts, long inside) {
        size += last;
        before = Math.max(before, repetitions);
        last = parts;
        repetitions = inside;
    }

    private void repeat(long times) {
        last *= times;
        repetitions *= times;
    }

    /** How often {@code {n,m}} repeats at most; 1 when it is none. */
    private static long bound(String expression, int open) {
        int limit = Math.min(expression.length(), open + LONGEST_BOUND);
        int end = expression.substring(open, limit).indexOf('}') + open;
        if (end < open) {
            return 1;
        }
        long times = 1;
        for (String number : expression.substring(open + 1, end).split(",", -1)) {
            if (!number.isEmpty() && number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                times = Math.max(times, Long.parseLong(number));
            }
        }
        return times;
    }
}
