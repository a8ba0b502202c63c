// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.api.Intake;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.notify.Notifier;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.StoreHealth;
import dev.torimono.collector.web.WebCounters;
import java.time.InstantSource;

/** What the collector counts, in Prometheus' text form. */
final class Metrics {
    private static final long SILENT_MS = 60_000;
    private static final int LAST_CLASS = 5;

    private final EventStore store;
    private final EventStore activity;
    private final Intake intake;
    private final Agents agents;
    private final Fleet fleet;
    private final Notifier notifier;
    private final ForwardMetrics forwarders;
    private final WebCounters web;
    private final InstantSource clock;

    Metrics(
            EventStore store,
            EventStore activity,
            Intake intake,
            Agents agents,
            Fleet fleet,
            Notifier notifier,
            ForwardMetrics forwarders,
            WebCounters web,
            InstantSource clock) {
        this.store = store;
        this.activity = activity;
        this.intake = intake;
        this.agents = agents;
        this.fleet = fleet;
        this.notifier = notifier;
        this.forwarders = forwarders;
        this.web = web;
        this.clock = clock;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        StoreHealth health = store.health();
        counter(text, "events_kept_total", "Events kept since the start.", health.appended());
        counter(text, "events_duplicate_total", "Events told again.", health.duplicates());
        counter(text, "events_refused_total", "Events there was no room for.", health.refused());
        counter(text, "events_merged_total", "Told later of others.", intake.merged());
        counter(text, "events_malformed_total", "Alerts that could not be read.", intake.bad());
        counter(text, "events_expired_total", "Events let go of.", health.expired());
        StoreHealth trees = activity.health();
        counter(text, "deeds_kept_total", "Deeds of trees kept.", trees.appended());
        counter(text, "deeds_refused_total", "Deeds there was no room for.", trees.refused());
        gauge(text, "activity_bytes", "Room that trees take.", trees.bytes());
        gauge(text, "store_bytes", "Room that events take.", health.bytes());
        gauge(text, "store_days", "Days there are events of.", health.days());
        gauge(text, "store_up", "1 while events are kept.", health.trouble().isEmpty() ? 1 : 0);
        gauge(text, "agents", "Agents that are let in.", enrolled());
        gauge(text, "agents_connected", "Agents heard within a minute.", connected());
        counter(text, "notifications_total", "Taken by channels.", notifier.delivered());
        counter(text, "notifications_lost_total", "Never taken.", notifier.lost());
        gauge(text, "notifications_waiting", "On their way.", notifier.waiting());
        forwarders.append(text);
        help(text, "http_requests_total", "counter", "Calls answered, by class of status.");
        for (int hundreds = 2; hundreds <= LAST_CLASS; hundreds++) {
            text.append("torimono_http_requests_total{status=\"")
                    .append(hundreds)
                    .append("xx\"} ")
                    .append(web.answered(hundreds))
                    .append('\n');
        }
        Runtime runtime = Runtime.getRuntime();
        gauge(text, "heap_bytes", "Heap in use.", runtime.totalMemory() - runtime.freeMemory());
        return text.toString();
    }

    private long enrolled() {
        return agents.all().stream().filter(agent -> !agent.revoked()).count();
    }

    private long connected() {
        long nowMs = clock.millis();
        return agents.all().stream()
                .filter(agent -> !agent.revoked())
                .flatMap(agent -> fleet.presence(agent.id()).stream())
                .filter(presence -> nowMs - presence.seenMs() < SILENT_MS)
                .count();
    }

    private static void counter(StringBuilder text, String name, String help, long value) {
        help(text, name, "counter", help);
        text.append("torimono_").append(name).append(' ').append(value).append('\n');
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        help(text, name, "gauge", help);
        text.append("torimono_").append(name).append(' ').append(value).append('\n');
    }

    static void help(StringBuilder text, String name, String type, String help) {
        text.append("# HELP torimono_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE torimono_").append(name).append(' ').append(type).append('\n');
    }
}
