// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.time.Instant;

/** Times as events and alerts have them. */
public final class Epoch {
    private static final long NS_PER_S = 1_000_000_000L;

    private Epoch() {}

    /** Nanoseconds since 1970-01-01T00:00:00Z. */
    public static long ns(Instant time) {
        return time.getEpochSecond() * NS_PER_S + time.getNano();
    }
}
