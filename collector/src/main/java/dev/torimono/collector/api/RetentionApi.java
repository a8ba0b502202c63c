// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.RetentionPlan;
import dev.torimono.collector.store.RetentionPlan.Kept;
import dev.torimono.collector.store.StoreHealth;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ObjectNode;

/** How long events are kept, and what they take now. */
final class RetentionApi {
    private static final String PATH = "/api/v1/retention";
    private static final long MAX_DAYS = 3650;
    private static final long MIN_BYTES = 1L << 26;
    private static final long MAX_BYTES = 1L << 50;

    private final RetentionPlan plan;
    private final EventStore store;
    private final EventStore activity;
    private final LongSupplier freeBytes;

    /**
     * @param activity what agents told of trees
     * @param freeBytes what the disk has left
     */
    RetentionApi(
            RetentionPlan plan, EventStore store, EventStore activity, LongSupplier freeBytes) {
        this.plan = plan;
        this.store = store;
        this.activity = activity;
        this.freeBytes = freeBytes;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.VIEWER, "How long events are kept", _ -> state())
                        .gives("Retention"),
                Route.put(PATH, Access.ADMIN, "Keep them longer or shorter", this::change)
                        .takes("RetentionChange")
                        .gives("Retention"),
                Route.delete(
                                PATH,
                                Access.ADMIN,
                                "Keep them as the collector was started",
                                _ -> reset())
                        .gives("Retention"));
    }

    private Reply state() {
        Kept kept = plan.kept();
        StoreHealth events = store.health();
        ObjectNode json = Json.object();
        json.put("days", kept.days()).put("maxBytes", kept.maxBytes());
        json.put("startedDays", plan.started().days());
        json.put("startedMaxBytes", plan.started().maxBytes());
        json.put("changed", !kept.equals(plan.started()));
        json.put("usedBytes", events.bytes()).put("usedDays", events.days());
        json.put("treeBytes", activity.health().bytes());
        json.put("freeBytes", freeBytes.getAsLong());
        return Reply.json(json);
    }

    private Reply change(Call call) {
        ObjectNode given = call.json();
        long days = given.path("days").asLong(-1);
        if (days < 1 || days > MAX_DAYS) {
            throw ApiException.invalid("days: must be from 1 to " + MAX_DAYS);
        }
        long bytes = given.path("maxBytes").asLong(-1);
        if (bytes < MIN_BYTES || bytes > MAX_BYTES) {
            throw ApiException.invalid("maxBytes: must be from " + MIN_BYTES + " to " + MAX_BYTES);
        }
        plan.change(new Kept(days, bytes));
        return state();
    }

    private Reply reset() {
        plan.reset();
        return state();
    }
}
