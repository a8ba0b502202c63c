// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Agents.Agent;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Presence;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The agents, how they fare, and letting one in no more. */
final class AgentsApi {
    /** An agent reports at least this often. */
    private static final long SILENT_MS = 60_000;

    private final Agents agents;
    private final Fleet fleet;
    private final Catalog catalog;
    private final InstantSource clock;

    AgentsApi(Agents agents, Fleet fleet, Catalog catalog, InstantSource clock) {
        this.agents = agents;
        this.fleet = fleet;
        this.catalog = catalog;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/agents", Access.VIEWER, "All agents", _ -> all())
                        .gives("Agents"),
                Route.get("/api/v1/agents/{id}", Access.VIEWER, "One agent", this::one)
                        .gives("Agent"),
                Route.delete(
                        "/api/v1/agents/{id}", Access.ADMIN, "Let it in no more", this::revoke),
                Route.get(
                                "/api/v1/bundle",
                                Access.VIEWER,
                                "What agents are to enforce",
                                _ -> Reply.json(catalog.current().json()))
                        .gives("Bundle"));
    }

    private Reply all() {
        ArrayNode all = Json.array();
        agents.all().forEach(agent -> all.add(json(agent)));
        return Reply.json(all);
    }

    private Reply one(Call call) {
        return Reply.json(
                json(
                        agents.byId(call.text("id"))
                                .orElseThrow(
                                        () -> ApiException.notFound("agent " + call.text("id")))));
    }

    private Reply revoke(Call call) {
        if (!agents.revoke(call.text("id"))) {
            throw ApiException.notFound("agent " + call.text("id"));
        }
        fleet.forget(call.text("id"));
        return Reply.nothing();
    }

    private ObjectNode json(Agent agent) {
        ObjectNode json = Json.object();
        json.put("id", agent.id());
        json.put("hostname", agent.hostname());
        json.put("enrolledOn", agent.enrolledMs());
        json.put("tokenSince", agent.tokenSinceMs());
        Optional<Presence> presence = fleet.presence(agent.id());
        boolean connected =
                presence.filter(seen -> clock.millis() - seen.seenMs() < SILENT_MS).isPresent();
        String status = agent.revoked() ? "revoked" : connected ? "connected" : "silent";
        json.put("status", status);
        json.put("lastSeen", presence.map(Presence::seenMs).orElse(0L));
        String inForce = presence.map(Presence::inForce).orElse("");
        json.put("bundleInForce", inForce);
        String target = fleet.target(agent).version();
        json.put("bundleTarget", target);
        json.put("upToDate", inForce.equals(target));
        json.put("bundleRefused", presence.map(Presence::refused).orElse(""));
        json.set("facts", agent.facts());
        json.set("health", presence.map(Presence::health).orElseGet(Json::object));
        return json;
    }
}
