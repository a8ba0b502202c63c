// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import java.util.concurrent.atomic.AtomicLongArray;

/** The host's counts; any thread may add and read. */
public final class HostCounters {
    private final AtomicLongArray counts = new AtomicLongArray(HostCounter.values().length);

    public void increment(HostCounter counter) {
        counts.incrementAndGet(counter.ordinal());
    }

    public long get(HostCounter counter) {
        return counts.get(counter.ordinal());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (HostCounter counter : HostCounter.values()) {
            if (get(counter) != 0) {
                text.append(text.isEmpty() ? "" : " ").append(counter).append('=');
                text.append(get(counter));
            }
        }
        return text.toString();
    }
}
