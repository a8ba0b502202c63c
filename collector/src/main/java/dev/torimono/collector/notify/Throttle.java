// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Lets one notification of a kind through in a while, and no more than so many an hour of all
 * kinds; counts those held back.
 */
final class Throttle {
    private static final int MAX_KEYS = 10_000;
    private static final long HOUR_MS = 3_600_000;

    private static final class Kind {
        long lastMs = Long.MIN_VALUE / 2;
        long suppressed;
    }

    private static final class Hour {
        long sinceMs = Long.MIN_VALUE / 2;
        long admitted;
    }

    private final InstantSource clock;
    private final Map<Long, Hour> hours = new HashMap<>();
    private final Map<String, Kind> kinds =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Kind> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    Throttle(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * How many of a kind were held back since the last one; -1 when this one is held back too.
     *
     * @param everyMs how long there is silence of a kind after one
     * @param maxPerHour how many of all kinds; 0 for any
     */
    synchronized long admit(long channel, String kindOf, long everyMs, long maxPerHour) {
        Kind kind = kinds.computeIfAbsent(channel + "\n" + kindOf, _ -> new Kind());
        Hour hour = hours.computeIfAbsent(channel, _ -> new Hour());
        long nowMs = clock.millis();
        if (nowMs - hour.sinceMs >= HOUR_MS) {
            hour.sinceMs = nowMs;
            hour.admitted = 0;
        }
        boolean full = maxPerHour > 0 && hour.admitted >= maxPerHour;
        if (full || nowMs - kind.lastMs < everyMs) {
            kind.suppressed++;
            return -1;
        }
        long suppressed = kind.suppressed;
        kind.lastMs = nowMs;
        kind.suppressed = 0;
        hour.admitted++;
        return suppressed;
    }
}
