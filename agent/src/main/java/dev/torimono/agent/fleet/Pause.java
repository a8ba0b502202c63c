// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Waits longer after each failure, with jitter so that a fleet does not march. One thread. */
final class Pause {
    private static final long FIRST_MS = 250;
    private static final long MAX_MS = 10_000;
    private long nextMs = FIRST_MS;

    void reset() {
        nextMs = FIRST_MS;
    }

    void after() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(nextMs / 2 + ThreadLocalRandom.current().nextLong(nextMs));
        nextMs = Math.min(nextMs * 2, MAX_MS);
    }
}
