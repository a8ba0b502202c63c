// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits longer after each failure, up to a bound, with jitter so that agents do not march. */
final class Backoff {
    private final long firstMs;
    private final long maxMs;
    private long nextMs;

    Backoff(long firstMs, long maxMs) {
        this.firstMs = firstMs;
        this.maxMs = maxMs;
        this.nextMs = firstMs;
    }

    void reset() {
        nextMs = firstMs;
    }

    void pause() throws InterruptedException {
        long jitterMs = ThreadLocalRandom.current().nextLong(nextMs / 4 + 1);
        TimeUnit.MILLISECONDS.sleep(nextMs + jitterMs);
        nextMs = Math.min(nextMs * 2, maxMs);
    }
}
