// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.util.concurrent.atomic.AtomicLongArray;

/** The agent's counts; any thread may add and read. */
public final class Counters {
    private final AtomicLongArray counts = new AtomicLongArray(Counter.values().length);

    public void add(Counter counter, long amount) {
        counts.addAndGet(counter.ordinal(), amount);
    }

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public long get(Counter counter) {
        return counts.get(counter.ordinal());
    }
}
