// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import org.jspecify.annotations.Nullable;

/**
 * The part of /proc/PID/stat that the table needs.
 *
 * @param comm name, as it stands between the first and the last parenthesis
 * @param state one letter
 * @param parent pid of the parent
 * @param pgid process group
 * @param sid session
 * @param tty terminal, user space encoding
 * @param kernelThread it has no program of its own
 * @param majorFaults major page faults
 * @param minorFaults minor page faults
 * @param startNs start of the task, ns since boot, cut to clock ticks
 */
record ProcStat(
        String comm,
        char state,
        long parent,
        long pgid,
        long sid,
        int tty,
        boolean kernelThread,
        long majorFaults,
        long minorFaults,
        long startNs) {
    private static final long PF_KTHREAD = 0x0020_0000;

    /** Reads the line; null when it is cut short. */
    static @Nullable ProcStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            return null;
        }
        String[] words = line.substring(close + 1).strip().split(" ");
        if (words.length < 20) {
            return null;
        }
        return new ProcStat(
                line.substring(open + 1, close),
                words[0].charAt(0),
                Numbers.of(words[1], 0),
                Numbers.of(words[2], -1),
                Numbers.of(words[3], -1),
                (int) Numbers.of(words[4], 0),
                (Numbers.of(words[6], 0) & PF_KTHREAD) != 0,
                Numbers.of(words[9], 0),
                Numbers.of(words[7], 0),
                StartTime.ofTicks(Numbers.of(words[19], 0)));
    }
}
