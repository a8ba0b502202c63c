// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.event.Json;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What agents counted in the last day, in memory alone: some ten kilobytes an agent. Of more agents
 * than there is room for, the ones that were silent longest lose theirs. Any thread.
 */
public final class Trends {
    private static final int MOST_AGENTS = 4000;

    private final InstantSource clock;
    private final int most;
    private final Map<String, Trend> trends = new ConcurrentHashMap<>();

    public Trends(InstantSource clock) {
        this(clock, MOST_AGENTS);
    }

    Trends(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    void add(String agentId, JsonNode health) {
        Trend trend = trends.get(agentId);
        if (trend == null) {
            makeRoom();
            trend = trends.computeIfAbsent(agentId, _ -> new Trend());
        }
        trend.add(clock.millis(), health);
    }

    private void makeRoom() {
        while (trends.size() >= most) {
            trends.entrySet().stream()
                    .min(Comparator.comparingLong(one -> one.getValue().lastMs()))
                    .ifPresent(silent -> trends.remove(silent.getKey()));
        }
    }

    void forget(String agentId) {
        trends.remove(agentId);
    }

    /** Step by step; no steps at all of an agent that was not heard since the collector started. */
    public ObjectNode json(String agentId) {
        Trend trend = trends.get(agentId);
        return (trend == null ? new Trend() : trend).json(clock.millis());
    }

    /** What was counted in the last day. */
    public ObjectNode lastDay(String agentId) {
        ObjectNode json = Json.object();
        Trend trend = trends.get(agentId);
        for (Quantity quantity : Quantity.values()) {
            if (quantity.counts()) {
                json.put(quantity.label(), trend == null ? 0 : trend.sum(quantity, clock.millis()));
            }
        }
        return json;
    }
}
