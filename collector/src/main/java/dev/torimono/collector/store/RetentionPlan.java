// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Settings;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** How long events are kept: as an administrator said, else as the program was started. */
public final class RetentionPlan {
    private static final String NAME = "retention";

    private final Settings settings;
    private final Kept started;

    /**
     * Bounds of what is kept.
     *
     * @param days older ones go
     * @param maxBytes room that all may take
     */
    public record Kept(long days, long maxBytes) {
        public Retention retention() {
            return new Retention(TimeUnit.DAYS.toNanos(days), maxBytes);
        }
    }

    public RetentionPlan(Settings settings, Kept started) {
        this.settings = settings;
        this.started = started;
    }

    public Kept kept() {
        return settings.get(NAME)
                .filter(given -> given.has("days"))
                .map(
                        given ->
                                new Kept(
                                        given.path("days").asLong(started.days()),
                                        given.path("maxBytes").asLong(started.maxBytes())))
                .orElse(started);
    }

    /** What its command line or configuration says. */
    public Kept started() {
        return started;
    }

    public void change(Kept kept) {
        settings.put(NAME, Json.object().put("days", kept.days()).put("maxBytes", kept.maxBytes()));
    }

    /** From now on as it was started. */
    public void reset() {
        ObjectNode none = Json.object();
        settings.put(NAME, none);
    }
}
