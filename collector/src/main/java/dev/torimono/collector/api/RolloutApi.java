// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Bundle;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Agents.Agent;
import dev.torimono.collector.fleet.Bundles;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Presence;
import dev.torimono.collector.fleet.Rollout;
import dev.torimono.collector.fleet.RolloutPlan;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How something new reaches agents, and how an earlier bundle comes back. */
final class RolloutApi {
    private static final String PATH = "/api/v1/rollout";
    private static final String BUNDLES = "/api/v1/bundles";
    private static final int MAX_BUNDLES = 500;
    private static final int MAX_REASON = 500;

    private final Rollout rollout;
    private final Bundles bundles;
    private final Agents agents;
    private final Fleet fleet;

    RolloutApi(Rollout rollout, Bundles bundles, Agents agents, Fleet fleet) {
        this.rollout = rollout;
        this.bundles = bundles;
        this.agents = agents;
        this.fleet = fleet;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, Access.VIEWER, "How far something new is", _ -> state())
                        .gives("Rollout"),
                Route.put(PATH, Access.ADMIN, "Set stages and freezes", this::plan)
                        .takes("RolloutPlan")
                        .gives("Rollout"),
                Route.post(PATH + "/advance", Access.ADMIN, "Go on now", this::advance)
                        .takes("RolloutAdvance")
                        .gives("Rollout"),
                Route.post(PATH + "/halt", Access.ADMIN, "Go no further", this::halt)
                        .takes("RolloutHalt")
                        .gives("Rollout"),
                Route.put(PATH + "/pin", Access.ADMIN, "Put an earlier bundle in force", this::pin)
                        .takes("RolloutPin")
                        .gives("Rollout"),
                Route.delete(
                        PATH + "/pin",
                        Access.ADMIN,
                        "Go on from where it was",
                        _ -> {
                            rollout.unpin();
                            return Reply.nothing();
                        }),
                Route.get(BUNDLES, Access.VIEWER, "Every bundle, the newest first", _ -> all())
                        .gives("Bundles"),
                Route.get(BUNDLES + "/{number}", Access.VIEWER, "One of them", this::one)
                        .gives("Bundle"));
    }

    private Reply state() {
        ObjectNode json = rollout.json();
        int total = 0;
        int upToDate = 0;
        ArrayNode refusing = json.putArray("refusing");
        for (Agent agent : agents.all()) {
            if (!agent.revoked()) {
                Presence presence = fleet.presence(agent.id()).orElse(null);
                String target = fleet.target(agent).version();
                total++;
                upToDate += presence != null && presence.inForce().equals(target) ? 1 : 0;
                if (presence != null && !presence.refused().isEmpty()) {
                    refusing.addObject()
                            .put("agentId", agent.id())
                            .put("hostname", agent.hostname())
                            .put("why", presence.refused());
                }
            }
        }
        json.put("agents", total).put("upToDate", upToDate);
        return Reply.json(json);
    }

    private Reply plan(Call call) {
        try {
            rollout.plan(RolloutPlan.of(call.json()));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()));
        }
        return state();
    }

    private Reply advance(Call call) {
        if (!rollout.advance(call.json().path("despiteFreeze").asBoolean(false))) {
            throw ApiException.conflict(
                    "nothing is on its way, or there is a freeze; despiteFreeze goes on all the"
                            + " same");
        }
        return state();
    }

    private Reply halt(Call call) {
        String reason = call.json().path("reason").asString("").strip();
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw ApiException.invalid("reason: must have 1 to " + MAX_REASON + " characters");
        }
        if (!rollout.halt(reason)) {
            throw ApiException.conflict("nothing is on its way");
        }
        return state();
    }

    private Reply pin(Call call) {
        long number = call.json().path("bundle").asLong(-1);
        if (!rollout.pin(number)) {
            throw ApiException.invalid("bundle: there is none of the number " + number);
        }
        return state();
    }

    private Reply all() {
        Map<String, Integer> inForce = new TreeMap<>();
        for (Agent agent : agents.all()) {
            fleet.presence(agent.id())
                    .ifPresent(presence -> inForce.merge(presence.inForce(), 1, Integer::sum));
        }
        ArrayNode all = Json.array();
        for (Bundles.Entry entry : bundles.list(MAX_BUNDLES)) {
            all.addObject()
                    .put("number", entry.number())
                    .put("version", entry.version())
                    .put("createdOn", entry.createdMs())
                    .put("agents", inForce.getOrDefault(entry.version(), 0));
        }
        return Reply.json(all);
    }

    private Reply one(Call call) {
        Bundle bundle =
                bundles.byNumber(call.number("number"))
                        .orElseThrow(() -> ApiException.notFound("bundle " + call.text("number")));
        return Reply.json(bundle.json().put("number", call.number("number")));
    }
}
