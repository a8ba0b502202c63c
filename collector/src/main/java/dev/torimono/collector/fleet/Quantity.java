// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What is kept over time of what agents count. */
public enum Quantity {
    /** Events that the agent read. */
    EVENTS(true),
    /** Alerts that it made. */
    ALERTS(true),
    /** Events that were lost between the kernel and the agent. */
    LOST(true),
    /** Alerts that found no room in an output's queue or in the spool. */
    DROPPED(true),
    /** Events told without all of who did them: process, container or account was not known. */
    MISSES(true),
    /** Alerts that wait on the agent's disk. */
    WAITING(false),
    /** Heap of the agent, MiB. */
    HEAP(false);

    private static final List<String> NOT_KNOWN =
            List.of(
                    "tasks_unknown",
                    "repairs_skipped",
                    "tasks_refused",
                    "containers_unknown",
                    "runtime_questions_dropped",
                    "runtime_answers_dropped",
                    "account_reads_dropped");

    private final boolean counts;

    Quantity(boolean counts) {
        this.counts = counts;
    }

    /** Whether it grows from the agent's start on; otherwise it is how much there is. */
    boolean counts() {
        return counts;
    }

    /** The sum of what an agent told under the names that belong to it. */
    long of(JsonNode health) {
        return names().stream().mapToLong(name -> health.path(name).asLong(0)).sum();
    }

    private List<String> names() {
        return switch (this) {
            case EVENTS -> List.of("events");
            case ALERTS -> List.of("alerts");
            case LOST -> List.of("events_lost");
            case DROPPED -> List.of("alerts_dropped", "spool.dropped");
            case MISSES -> NOT_KNOWN;
            case WAITING -> List.of("spool.waiting");
            case HEAP -> List.of("heap_mb");
        };
    }

    /** As the API has it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
