// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The line of {@code /proc/TID/stat}, of its bytes. Refilled for each; one thread. */
public final class StatLine {
    private static final long TICK_NS = 10_000_000;
    private static final long PF_KTHREAD = 0x0020_0000;

    /** Fields as proc(5) counts them; behind the name stands the state, then number 4. */
    private static final int PARENT = 4;

    private static final int GROUP = 5;
    private static final int SESSION = 6;
    private static final int TERMINAL = 7;
    private static final int FLAGS = 9;
    private static final int MINOR_FAULTS = 10;
    private static final int MAJOR_FAULTS = 12;
    private static final int THREADS = 20;
    private static final int START = 22;
    private static final int LAST = 51;

    /** Where code, stack, arguments and environment lie. */
    private static final int[] LAYOUT = {26, 27, 28, 45, 46, 47, 48, 49, 50, 51};

    private static final int ARGUMENTS = 48;

    private final long[] fields = new long[LAST + 1];
    private String comm = "";
    private char state;

    /** Takes a line in; false when it is cut short before the start time. */
    public boolean read(byte[] line, int length) {
        Arrays.fill(fields, 0);
        int open = 0;
        while (open < length && line[open] != '(') {
            open++;
        }
        int close = length - 1;
        // The name may have any character, parentheses too.
        while (close > open && line[close] != ')') {
            close--;
        }
        if (close <= open || close + 2 >= length) {
            return false;
        }
        comm = new String(line, open + 1, close - open - 1, StandardCharsets.UTF_8);
        state = (char) line[close + 2];
        return numbers(line, close + 4, length) > START;
    }

    /** Fills in what is there; the first field that is not. */
    private int numbers(byte[] line, int from, int length) {
        int field = PARENT;
        for (int at = from; at < length && field <= LAST; at++) {
            boolean negative = line[at] == '-';
            at += negative ? 1 : 0;
            long value = 0;
            while (at < length && line[at] >= '0' && line[at] <= '9') {
                value = value * 10 + line[at++] - '0';
            }
            fields[field++] = negative ? -value : value;
        }
        return field;
    }

    public String comm() {
        return comm;
    }

    /** One letter. */
    public char state() {
        return state;
    }

    public long parent() {
        return fields[PARENT];
    }

    /** Process group. */
    public long group() {
        return fields[GROUP];
    }

    public long session() {
        return fields[SESSION];
    }

    /** Controlling terminal, in the user space encoding; 0 none. */
    public int terminal() {
        return (int) fields[TERMINAL];
    }

    /** It has no program of its own. */
    public boolean kernelThread() {
        return (fields[FLAGS] & PF_KTHREAD) != 0;
    }

    public long minorFaults() {
        return fields[MINOR_FAULTS];
    }

    public long majorFaults() {
        return fields[MAJOR_FAULTS];
    }

    /** Of its process. */
    public long threads() {
        return fields[THREADS];
    }

    /** Since boot, cut to clock ticks. */
    public long startNs() {
        return fields[START] * TICK_NS;
    }

    /**
     * Tells one exec from another: a fork has it from its parent, each exec draws it anew. 0 where
     * it must not be seen.
     */
    public long layout() {
        if (fields[ARGUMENTS] == 0) {
            return 0;
        }
        long hash = 1;
        for (int field : LAYOUT) {
            hash = (hash ^ fields[field]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
