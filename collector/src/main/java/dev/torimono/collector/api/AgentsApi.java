// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Agents.Agent;
import dev.torimono.collector.fleet.Diagnoses;
import dev.torimono.collector.fleet.Diagnoses.Brief;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Inventory;
import dev.torimono.collector.fleet.Presence;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The agents, how they fare, and letting one in no more. */
final class AgentsApi {
    private final Agents agents;
    private final Fleet fleet;
    private final Catalog catalog;
    private final Diagnoses diagnoses;

    AgentsApi(Agents agents, Fleet fleet, Catalog catalog, Diagnoses diagnoses) {
        this.agents = agents;
        this.fleet = fleet;
        this.catalog = catalog;
        this.diagnoses = diagnoses;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/agents", Access.VIEWER, "All agents", _ -> all())
                        .gives("Agents"),
                Route.get("/api/v1/agents/{id}", Access.VIEWER, "One agent", this::one)
                        .gives("Agent"),
                Route.get(
                                "/api/v1/agents/{id}/containers",
                                Access.VIEWER,
                                "What runs on its machine, as it last told",
                                this::containers)
                        .gives("AgentContainers"),
                Route.get(
                                "/api/v1/agents/{id}/trends",
                                Access.VIEWER,
                                "What it counted in the last day",
                                call -> Reply.json(fleet.trends().json(existing(call).id())))
                        .gives("AgentTrends"),
                Route.get(
                                "/api/v1/agents/{id}/diagnosis",
                                Access.VIEWER,
                                "What works on its machine",
                                this::diagnosis)
                        .gives("AgentDiagnosis"),
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
        Map<String, Brief> briefs = diagnoses.briefs();
        agents.all().forEach(agent -> all.add(json(agent, briefs.get(agent.id()))));
        return Reply.json(all);
    }

    private Reply one(Call call) {
        Agent agent = existing(call);
        return Reply.json(json(agent, diagnoses.briefs().get(agent.id())));
    }

    private Agent existing(Call call) {
        return agents.byId(call.text("id"))
                .orElseThrow(() -> ApiException.notFound("agent " + call.text("id")));
    }

    private Reply diagnosis(Call call) {
        return Reply.json(
                diagnoses
                        .of(existing(call).id())
                        .orElseThrow(
                                () ->
                                        ApiException.notFound(
                                                "diagnosis: agent "
                                                        + call.text("id")
                                                        + " told none yet")));
    }

    private Reply containers(Call call) {
        String id = call.text("id");
        if (agents.byId(id).isEmpty()) {
            throw ApiException.notFound("agent " + id);
        }
        ObjectNode json = Json.object();
        Inventory told = fleet.presence(id).map(Presence::containers).orElse(null);
        json.put("known", told != null);
        json.put("total", told == null ? 0 : told.total());
        ArrayNode list = json.putArray("containers");
        if (told != null) {
            told.entries().forEach(entry -> list.add(container(entry)));
        }
        return Reply.json(json);
    }

    private static ObjectNode container(Inventory.Entry entry) {
        Container container = entry.container();
        ObjectNode json = Json.object();
        json.put("id", container.id());
        json.put("name", container.name());
        json.put("runtime", container.runtime());
        json.put("image", container.image());
        Container.Pod pod = container.pod();
        json.put("namespace", pod == null ? "" : pod.namespace());
        json.put("pod", pod == null ? "" : pod.name());
        json.put("createdOn", TimeUnit.NANOSECONDS.toMillis(container.createdNs()));
        json.put("pending", container.pending());
        Enforcement.Armed armed = entry.armed();
        json.put("armed", armed != null && armed.sinceNs() > 0);
        json.put("armedSince", armed == null ? 0 : TimeUnit.NANOSECONDS.toMillis(armed.sinceNs()));
        json.put("mounts", armed == null ? 0 : armed.mounts());
        json.put("storage", armed == null ? "" : armed.storage());
        json.put("trouble", armed == null ? "" : armed.trouble());
        return json;
    }

    private Reply revoke(Call call) {
        if (!agents.revoke(call.text("id"))) {
            throw ApiException.notFound("agent " + call.text("id"));
        }
        fleet.forget(call.text("id"));
        return Reply.nothing();
    }

    private ObjectNode json(Agent agent, @Nullable Brief brief) {
        ObjectNode json = Json.object();
        json.put("id", agent.id());
        json.put("hostname", agent.hostname());
        json.put("enrolledOn", agent.enrolledMs());
        json.put("tokenSince", agent.tokenSinceMs());
        Optional<Presence> presence = fleet.presence(agent.id());
        boolean connected = presence.filter(fleet::isConnected).isPresent();
        String status = agent.revoked() ? "revoked" : connected ? "connected" : "silent";
        json.put("status", status);
        json.put("lastSeen", presence.map(Presence::seenMs).orElse(0L));
        String inForce = presence.map(Presence::inForce).orElse("");
        json.put("bundleInForce", inForce);
        String target = fleet.target(agent).version();
        json.put("bundleTarget", target);
        json.put("upToDate", inForce.equals(target));
        json.put("bundleRefused", presence.map(Presence::refused).orElse(""));
        json.set("lastDay", fleet.trends().lastDay(agent.id()));
        if (brief != null) {
            json.putObject("diagnosis")
                    .put("at", brief.atMs())
                    .put("problems", brief.problems())
                    .put("notes", brief.notes());
        }
        json.set("facts", agent.facts());
        json.set("health", presence.map(Presence::health).orElseGet(Json::object));
        return json;
    }
}
