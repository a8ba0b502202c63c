// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

/**
 * The threads whose exec passed for one file just now: the kernel opens the interpreter of a script
 * and the dynamic loader within the same call. A small table that forgets what collides. One
 * thread.
 */
public final class RecentCalls {
    private static final int SLOTS = 1024;

    private final long[] threads = new long[SLOTS];
    private final long[] timesNs = new long[SLOTS];
    private final boolean[] doomed = new boolean[SLOTS];

    public void remember(long tid, long nowNs, boolean dooms) {
        int slot = slot(tid);
        threads[slot] = tid;
        timesNs[slot] = nowNs;
        doomed[slot] = dooms;
    }

    public void forget(long tid) {
        int slot = slot(tid);
        if (threads[slot] == tid) {
            threads[slot] = 0;
        }
    }

    public boolean passed(long tid, long sinceNs) {
        int slot = slot(tid);
        return threads[slot] == tid && timesNs[slot] - sinceNs >= 0;
    }

    public boolean doomed(long tid, long sinceNs) {
        return doomed[slot(tid)] && passed(tid, sinceNs);
    }

    private static int slot(long tid) {
        return (int) tid & (SLOTS - 1);
    }
}
