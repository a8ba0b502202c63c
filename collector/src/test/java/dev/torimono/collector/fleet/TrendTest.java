// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class TrendTest {
    private static final long NOON_MS = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
    private final Trend trend = new Trend();

    private static ObjectNode health(long events, long lost, long heap) {
        return Json.object().put("events", events).put("events_lost", lost).put("heap_mb", heap);
    }

    private List<String> last(String name, int steps, long nowMs) {
        JsonNode row = trend.json(nowMs).path("values").path(name);
        assertThat(row).hasSize(Trend.STEPS);
        return row.valueStream().skip(Trend.STEPS - (long) steps).map(JsonNode::toString).toList();
    }

    @Test
    void aStepHasWhatCameInItAndASilentOneHasNothing() {
        trend.add(NOON_MS, health(1000, 7, 90));
        trend.add(NOON_MS + 60_000, health(1500, 7, 120));
        trend.add(NOON_MS + 120_000, health(1600, 9, 100));
        long later = NOON_MS + 2 * Trend.STEP_MS;
        trend.add(later, health(1601, 9, 80));
        // What was counted before it was first heard belongs to no step.
        assertThat(last("events", 3, later)).containsExactly("600", "null", "1");
        assertThat(last("lost", 3, later)).containsExactly("2", "null", "0");
        assertThat(last("heap", 3, later)).containsExactly("120", "null", "80");
        assertThat(trend.sum(Quantity.EVENTS, later)).isEqualTo(601);
    }

    @Test
    void afterARestartOfTheAgentCountingGoesOn() {
        trend.add(NOON_MS, health(1000, 5, 90));
        trend.add(NOON_MS + 1000, health(40, 3, 90));
        assertThat(last("events", 1, NOON_MS)).containsExactly("40");
        assertThat(last("lost", 1, NOON_MS)).containsExactly("3");
    }

    @Test
    void whatIsOlderThanADayIsGone() {
        trend.add(NOON_MS, health(0, 0, 1));
        trend.add(NOON_MS + 1, health(10, 0, 1));
        long edge = NOON_MS + (Trend.STEPS - 1) * Trend.STEP_MS;
        assertThat(trend.sum(Quantity.EVENTS, edge)).isEqualTo(10);
        assertThat(trend.sum(Quantity.EVENTS, edge + Trend.STEP_MS)).isZero();
        // The same place of the ring is another step by then.
        trend.add(edge + Trend.STEP_MS, health(11, 0, 1));
        assertThat(last("events", 2, edge + Trend.STEP_MS)).containsExactly("null", "1");
    }

    @Test
    void missesAreAllThatWasNotKnown() {
        trend.add(NOON_MS, Json.object());
        ObjectNode health =
                Json.object()
                        .put("tasks_unknown", 2)
                        .put("containers_unknown", 3)
                        .put("account_reads_dropped", 4)
                        .put("spool.dropped", 5);
        trend.add(NOON_MS, health);
        assertThat(trend.sum(Quantity.MISSES, NOON_MS)).isEqualTo(9);
        assertThat(trend.sum(Quantity.DROPPED, NOON_MS)).isEqualTo(5);
    }

    @Test
    void ofTooManyAgentsTheOneThatWasSilentLongestGivesWay() {
        long[] nowMs = {NOON_MS};
        Trends trends = new Trends(() -> Instant.ofEpochMilli(nowMs[0]++), 2);
        for (int round = 0; round < 2; round++) {
            trends.add("a", health(round, 0, 1));
            trends.add("b", health(round * 2L, 0, 1));
        }
        trends.add("a", health(5, 0, 1));
        trends.add("c", health(1, 0, 1));
        assertThat(trends.lastDay("a").path("events").asLong(-1)).isEqualTo(5);
        assertThat(trends.lastDay("b").path("events").asLong(-1)).isZero();
    }
}
