// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread or process does. */
public final class Until {
    private static final long LIMIT_NS = 60_000_000_000L;
    private static final long STEP_NS = 5_000_000;

    private Until() {}

    public static void so(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + LIMIT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadlineNs) {
                throw new AssertionError("did not come true within 60 s");
            }
            LockSupport.parkNanos(STEP_NS);
        }
    }
}
