// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

/**
 * Compares start times of two sources: the kernel tells nanoseconds since boot, /proc the same
 * instant cut down to clock ticks of 1/100 s (USER_HZ on every Linux we run on).
 */
public final class StartTime {
    public static final long TICK_NS = 10_000_000;

    private StartTime() {}

    public static long ofTicks(long ticks) {
        return ticks * TICK_NS;
    }

    /**
     * Whether both can be the same instant; 0 is unknown and fits everything. Two exact times must
     * be equal: a chosen pid can be reused at once, so a tolerance there could be abused.
     */
    public static boolean same(long a, long b) {
        if (a == b || a == 0 || b == 0) {
            return true;
        }
        return (coarse(a) || coarse(b)) && Math.abs(a - b) <= TICK_NS;
    }

    /** Whether it is a whole number of ticks, as /proc tells it. */
    public static boolean coarse(long startNs) {
        return startNs % TICK_NS == 0;
    }
}
