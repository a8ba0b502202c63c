// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench.load;

import java.util.Arrays;
import java.util.Locale;

/** Durations, all of them kept: percentiles are exact. Any thread. */
final class Latencies {
    private long[] values = new long[1024];
    private int count;

    synchronized void add(long ns) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = ns;
    }

    synchronized int count() {
        return count;
    }

    @Override
    public synchronized String toString() {
        if (count == 0) {
            return "none";
        }
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)",
                sorted[count / 2] / 1e6,
                sorted[(int) (count * 0.99)] / 1e6,
                sorted[count - 1] / 1e6,
                count);
    }
}
