// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

/**
 * What /proc says of a process.
 *
 * @param pid its id
 * @param parent its parent's id
 * @param session its session
 * @param startNs its start, ns since boot, cut to clock ticks
 * @param state one letter
 * @param kernelThread whether it has no program of its own
 * @param name comm
 */
public record ProcessFacts(
        long pid,
        long parent,
        long session,
        long startNs,
        char state,
        boolean kernelThread,
        String name) {
    private static final long TICK_NS = 10_000_000;
    private static final long PF_KTHREAD = 0x0020_0000;

    /**
     * Whether one that was told to stop runs no more: stopped, a zombie, dead, or in the kernel
     * until a child that was stopped itself lets it go (the parent of a vfork), to stop on its way
     * out.
     */
    boolean still() {
        return state == 'T' || state == 't' || state == 'Z' || state == 'X' || state == 'D';
    }

    /**
     * Reads the line of /proc/PID/stat. A comm may contain anything, parentheses too: it ends at
     * the last one.
     *
     * @throws IllegalArgumentException when the line is cut short
     */
    static ProcessFacts parse(String stat) {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        String[] words = close < 0 ? new String[0] : stat.substring(close + 1).trim().split(" ");
        if (open < 1 || words.length < 20) {
            throw new IllegalArgumentException("process status is cut short: " + stat);
        }
        return new ProcessFacts(
                Long.parseLong(stat.substring(0, open).trim()),
                Long.parseLong(words[1]),
                Long.parseLong(words[3]),
                Long.parseLong(words[19]) * TICK_NS,
                words[0].charAt(0),
                (Long.parseLong(words[6]) & PF_KTHREAD) != 0,
                stat.substring(open + 1, close));
    }
}
