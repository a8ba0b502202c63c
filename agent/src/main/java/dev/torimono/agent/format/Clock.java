// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.format;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Renders event times: ns since the epoch to the three texts that alerts know. */
final class Clock {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final DateTimeFormatter TIME_OF_DAY =
            DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn", Locale.ROOT);
    private static final DateTimeFormatter DATE_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn", Locale.ROOT);

    private final ZoneId local;

    Clock(ZoneId local) {
        this.local = local;
    }

    /** {@code 09:43:33.931613982} in the machine's zone. */
    String timeOfDay(long timeNs) {
        return TIME_OF_DAY.format(at(timeNs, local));
    }

    /** {@code 2026-11-22T09:43:33.931613982Z}. */
    String utc(long timeNs) {
        return DATE_AND_TIME.format(at(timeNs, java.time.ZoneOffset.UTC)) + "Z";
    }

    /** {@code 2026-11-22T09:43:33.931613982+0000}: UTC, in the offset form of text alerts. */
    String utcWithOffset(long timeNs) {
        return DATE_AND_TIME.format(at(timeNs, java.time.ZoneOffset.UTC)) + "+0000";
    }

    private static ZonedDateTime at(long timeNs, ZoneId zone) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(timeNs, NS_PER_S), Math.floorMod(timeNs, NS_PER_S))
                .atZone(zone);
    }
}
