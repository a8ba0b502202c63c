// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import java.util.concurrent.atomic.AtomicLongArray;

/** How many calls were answered, by the hundreds of their status. */
public final class WebCounters {
    private static final int CLASSES = 6;
    private final AtomicLongArray counts = new AtomicLongArray(CLASSES);

    void count(int status) {
        counts.incrementAndGet(Math.clamp(status / 100, 0, CLASSES - 1));
    }

    /**
     * @param hundreds 2 for 200 to 299
     */
    public long answered(int hundreds) {
        return counts.get(hundreds);
    }
}
