// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Audit;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.StoreHealth;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;

/**
 * For whoever runs the collector: is it alive, is it well, what does it count, who changed what.
 */
final class OperateApi {
    private static final long DEFAULT_LIMIT = 100;
    private static final long MAX_LIMIT = 10_000;

    private final EventStore store;
    private final Audit audit;
    private final Supplier<String> metrics;

    OperateApi(EventStore store, Audit audit, Supplier<String> metrics) {
        this.store = store;
        this.audit = audit;
        this.metrics = metrics;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/healthz", Access.PUBLIC, "Alive?", _ -> Reply.text("ok\n")),
                Route.get("/readyz", Access.PUBLIC, "Does it keep events?", _ -> ready()),
                Route.get(
                        "/metrics",
                        Access.VIEWER,
                        "Counters for Prometheus",
                        _ -> Reply.text(metrics.get())),
                Route.get("/api/v1/audit", Access.ADMIN, "Who changed what", this::audit)
                        .query("limit")
                        .gives("Audit"));
    }

    private Reply ready() {
        StoreHealth health = store.health();
        if (!health.trouble().isEmpty()) {
            throw new ApiException(
                    ApiException.UNAVAILABLE, "not_ready", "event store: " + health.trouble());
        }
        return Reply.text("ready\n");
    }

    private Reply audit(Call call) {
        int limit = (int) call.query("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        ArrayNode entries = Json.array();
        for (Audit.Entry entry : audit.latest(limit)) {
            entries.addObject()
                    .put("at", entry.atMs())
                    .put("account", entry.account())
                    .put("address", entry.address())
                    .put("method", entry.method())
                    .put("path", entry.path())
                    .put("status", entry.status())
                    .put("detail", entry.detail());
        }
        return Reply.json(entries);
    }
}
