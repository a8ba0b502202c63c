// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Says, at a bounded rate, that events were lost: a gap nobody knows of is the worst kind. */
final class LossWatch {
    static final String RULE = "Torimono internal: events lost";
    private static final long LOOK_EVERY_NS = 1_000_000_000L;
    private static final long TELL_EVERY_NS = 30_000_000_000L;

    private final Losses losses;
    private final InstantSource time;
    private final String hostname;
    private Map<String, Long> told = Map.of();
    private long toldTotal;
    private long lookedNs = Long.MIN_VALUE / 2;
    private long toldNs = Long.MIN_VALUE / 2;

    LossWatch(Losses losses, InstantSource time, String hostname) {
        this.losses = losses;
        this.time = time;
        this.hostname = hostname;
    }

    /** An alert when events were lost since the last one and it is time to say so. */
    Optional<Alert> look(long nowNs) {
        if (nowNs - lookedNs < LOOK_EVERY_NS || nowNs - toldNs < TELL_EVERY_NS) {
            return Optional.empty();
        }
        lookedNs = nowNs;
        long total = losses.total();
        if (total <= toldTotal) {
            return Optional.empty();
        }
        Map<String, Long> lost = losses.byType();
        Alert alert = alert(total - toldTotal, total, since(lost));
        told = lost;
        toldTotal = total;
        toldNs = nowNs;
        return Optional.of(alert);
    }

    private Map<String, Long> since(Map<String, Long> lost) {
        Map<String, Long> fresh = new TreeMap<>();
        lost.forEach(
                (type, count) -> {
                    long more = count - told.getOrDefault(type, 0L);
                    if (more > 0) {
                        fresh.put(type, more);
                    }
                });
        return fresh;
    }

    private Alert alert(long lost, long total, Map<String, Long> byType) {
        Instant now = time.instant();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("events.lost", lost);
        fields.put("events.lost.total", total);
        byType.forEach((type, count) -> fields.put("events.lost." + type, count));
        String message =
                RULE
                        + " | lost="
                        + lost
                        + " total="
                        + total
                        + " types="
                        + byType.toString().replaceAll("[{} ]", "");
        return new Alert(
                new Finding(
                        RULE,
                        Priority.WARNING,
                        "internal",
                        List.of(),
                        now.getEpochSecond() * 1_000_000_000L + now.getNano(),
                        0,
                        message,
                        fields),
                hostname,
                List.of());
    }
}
