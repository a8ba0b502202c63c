// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a replay went through: events by type, alerts by rule and priority, and the time span. */
public final class ReplayStatistics {
    private static final long NS_PER_S = 1_000_000_000L;

    private final long[] eventsByCode = new long[EventType.count()];
    private final Map<String, Long> alertsByRule = new TreeMap<>();
    private final Map<String, Long> alertsByPriority = new TreeMap<>();
    private long events;
    private long judged;
    private long alerts;
    private long firstNs;
    private long lastNs;

    void taken(Event event) {
        eventsByCode[event.type().code()]++;
        lastNs = event.timestampNs();
        if (events++ == 0) {
            firstNs = lastNs;
        }
    }

    void judged() {
        judged++;
    }

    void told(Finding finding) {
        alerts++;
        alertsByRule.merge(finding.rule(), 1L, Long::sum);
        alertsByPriority.merge(finding.priority().label(), 1L, Long::sum);
    }

    /** Events taken in, without those that serve the state only. */
    public long events() {
        return events;
    }

    public long alerts() {
        return alerts;
    }

    /** Several lines for people, commonest first. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        if (events > 0) {
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "from %s to %s (%s)",
                            instant(firstNs),
                            instant(lastNs),
                            Duration.ofNanos(lastNs - firstNs)));
        }
        lines.add(String.format(Locale.ROOT, "%d events, %d of them judged:", events, judged));
        Map<String, Long> byName = new TreeMap<>();
        for (EventType type : EventType.all()) {
            if (eventsByCode[type.code()] > 0) {
                byName.merge(type.name(), eventsByCode[type.code()], Long::sum);
            }
        }
        table(byName, lines);
        lines.add(alerts + " alerts by priority:");
        table(alertsByPriority, lines);
        lines.add(alerts + " alerts by rule:");
        table(alertsByRule, lines);
        return lines;
    }

    private static Instant instant(long ns) {
        return Instant.ofEpochSecond(ns / NS_PER_S, ns % NS_PER_S);
    }

    private static void table(Map<String, Long> counts, List<String> lines) {
        counts.entrySet().stream()
                .sorted(Comparator.comparingLong(e -> -e.getValue()))
                .forEach(e -> lines.add(String.format("%12d  %s", e.getValue(), e.getKey())));
    }
}
