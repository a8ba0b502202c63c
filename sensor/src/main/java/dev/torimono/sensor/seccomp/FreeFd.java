// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.sensor.gate.SmallFiles;

/** The fd that the kernel would give a task now: the lowest that is free. One thread. */
final class FreeFd {
    private static final int FIRST = 3;

    /** Whoever has more open gets a number that is only nearly right. */
    private static final int LAST = 64;

    private static final int SLOTS = 256;

    /** How often the last answer serves as a guess before all are looked at again. */
    private static final int GUESSES = 16;

    private final SeccompCalls calls;
    private final SmallFiles files;
    private final String proc;
    private final long[] tids = new long[SLOTS];
    private final int[] last = new int[SLOTS];
    private final int[] guesses = new int[SLOTS];

    FreeFd(SeccompCalls calls, SmallFiles files, String proc) {
        this.calls = calls;
        this.files = files;
        this.proc = proc;
    }

    /** Of one that has its three standard streams. */
    int next(long tid) {
        int slot = (int) tid & (SLOTS - 1);
        int guess = last[slot];
        if (tids[slot] == tid
                && guesses[slot]++ < GUESSES
                && (guess == FIRST || has(tid, guess - 1))
                && !has(tid, guess)) {
            return guess;
        }
        tids[slot] = tid;
        guesses[slot] = 0;
        last[slot] = from(tid, FIRST);
        return last[slot];
    }

    /** Of any, looked for from 0 on. */
    int lowest(long tid) {
        return from(tid, 0);
    }

    private boolean has(long tid, int fd) {
        int known = calls.hasFd(tid, fd);
        return known < 0 ? !files.link(proc + tid + "/fd/" + fd).isEmpty() : known == 1;
    }

    private int from(long tid, int first) {
        int fd = first;
        while (fd < LAST && has(tid, fd)) {
            fd++;
        }
        return fd;
    }
}
