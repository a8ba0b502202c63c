// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.tree.Trees;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/** The process tree of an event, under Sysdig's paths. */
final class TreesApi {
    private static final long DEFAULT_MINUTES = 15;
    private static final long MAX_MINUTES = 24 * 60;

    private final EventStore store;
    private final Trees trees;

    TreesApi(EventStore store, Trees trees) {
        this.store = store;
        this.trees = trees;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/process-tree/v1/process-trees/{eventId}",
                                Access.VIEWER,
                                "Everything around the process of an event",
                                this::whole)
                        .query("minutes")
                        .gives("ProcessTree"),
                Route.get(
                                "/api/process-tree/v1/process-branches/{eventId}",
                                Access.VIEWER,
                                "Who started the process of an event",
                                call -> reply(trees.branch(event(call))))
                        .gives("ProcessTree"));
    }

    private Reply whole(Call call) {
        long minutes = call.query("minutes", DEFAULT_MINUTES, 1, MAX_MINUTES);
        return reply(trees.whole(event(call), TimeUnit.MINUTES.toNanos(minutes)));
    }

    private ObjectNode event(Call call) {
        EventId id = EventId.parse(call.text("eventId"));
        byte[] body = id == null ? null : store.byId(id).orElse(null);
        if (body == null) {
            throw ApiException.notFound("event " + call.text("eventId"));
        }
        return Json.object(body);
    }

    private static Reply reply(Optional<ObjectNode> tree) {
        return Reply.json(
                tree.orElseThrow(
                        () -> ApiException.notFound("the event tells no lineage: a tree")));
    }
}
