// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets one notification of a kind through in a while, and counts those in between. */
final class Throttle {
    private static final int MAX_KEYS = 10_000;

    private static final class Kind {
        long lastMs = Long.MIN_VALUE / 2;
        long suppressed;
    }

    private final InstantSource clock;
    private final long everyMs;
    private final Map<String, Kind> kinds =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kind> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    Throttle(InstantSource clock, long everyMs) {
        this.clock = clock;
        this.everyMs = everyMs;
    }

    /** How many were held back since the last one; -1 when this one is held back too. */
    synchronized long admit(String key) {
        Kind kind = kinds.computeIfAbsent(key, _ -> new Kind());
        long nowMs = clock.millis();
        if (nowMs - kind.lastMs < everyMs) {
            kind.suppressed++;
            return -1;
        }
        long suppressed = kind.suppressed;
        kind.lastMs = nowMs;
        kind.suppressed = 0;
        return suppressed;
    }
}
