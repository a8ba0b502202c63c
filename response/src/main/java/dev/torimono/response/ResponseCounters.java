// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import java.util.concurrent.atomic.AtomicLongArray;

/** The response side's counts; any thread may add and read. */
public final class ResponseCounters {
    private final AtomicLongArray counts = new AtomicLongArray(ResponseCounter.values().length);

    void increment(ResponseCounter counter) {
        counts.incrementAndGet(counter.ordinal());
    }

    public long get(ResponseCounter counter) {
        return counts.get(counter.ordinal());
    }
}
