// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.event.Json;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one agent counted in the last day: a ring of steps, each with what came in it.
 *
 * <pre>
 *   step   ... 5711  5712  5713  5714        a step is five minutes since the epoch
 *   events ... 8100     -  7900  8000        - : it told nothing in that step
 * </pre>
 *
 * <p>Any thread.
 */
final class Trend {
    static final long STEP_MS = TimeUnit.MINUTES.toMillis(5);
    static final int STEPS = 288;
    private static final Quantity[] ALL = Quantity.values();

    private final long[] steps = new long[STEPS];
    private final int[][] values = new int[ALL.length][STEPS];
    private final long[] last = new long[ALL.length];
    private boolean told;
    private long lastMs;

    Trend() {
        Arrays.fill(steps, -1);
    }

    /** Takes what an agent told at a time, ms since the epoch. */
    synchronized void add(long atMs, JsonNode health) {
        long step = atMs / STEP_MS;
        int at = Math.toIntExact(step % STEPS);
        if (steps[at] != step) {
            steps[at] = step;
            for (int[] row : values) {
                row[at] = 0;
            }
        }
        for (Quantity quantity : ALL) {
            int[] row = values[quantity.ordinal()];
            long now = quantity.of(health);
            if (quantity.counts()) {
                row[at] = clamp(row[at] + since(quantity, now));
            } else {
                row[at] = Math.max(row[at], clamp(now));
            }
            last[quantity.ordinal()] = now;
        }
        told = true;
        lastMs = atMs;
    }

    /**
     * What it counted before it was first heard belongs to no step; after a restart it begins at 0.
     */
    private long since(Quantity quantity, long now) {
        long before = last[quantity.ordinal()];
        if (!told) {
            return 0;
        }
        return now >= before ? now - before : now;
    }

    private static int clamp(long value) {
        return Math.clamp(value, 0, Integer.MAX_VALUE);
    }

    synchronized long lastMs() {
        return lastMs;
    }

    /** What was counted in the day before a time. */
    synchronized long sum(Quantity quantity, long nowMs) {
        long sum = 0;
        long newest = nowMs / STEP_MS;
        for (int i = 0; i < STEPS; i++) {
            if (steps[i] > newest - STEPS && steps[i] <= newest) {
                sum += values[quantity.ordinal()][i];
            }
        }
        return sum;
    }

    /** The day before a time, step by step; null where nothing was told. */
    synchronized ObjectNode json(long nowMs) {
        long newest = nowMs / STEP_MS;
        long oldest = newest - STEPS + 1;
        ObjectNode json = Json.object();
        json.put("from", oldest * STEP_MS);
        json.put("stepSeconds", TimeUnit.MILLISECONDS.toSeconds(STEP_MS));
        ObjectNode all = json.putObject("values");
        for (Quantity quantity : ALL) {
            ArrayNode row = all.putArray(quantity.label());
            for (long step = oldest; step <= newest; step++) {
                int at = Math.toIntExact(step % STEPS);
                if (steps[at] == step) {
                    row.add(values[quantity.ordinal()][at]);
                } else {
                    row.addNull();
                }
            }
        }
        return json;
    }
}
