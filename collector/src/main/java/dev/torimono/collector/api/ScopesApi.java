// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Agents.Agent;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Inventory;
import dev.torimono.collector.fleet.Presence;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import dev.torimono.model.Container;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.scope.HostFacts;
import dev.torimono.response.scope.Scope;
import dev.torimono.rules.RuleException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a scope covers now, of the hosts and containers that agents tell of. */
final class ScopesApi {
    private static final int MOST_PLACES = 200;

    private final Agents agents;
    private final Fleet fleet;

    ScopesApi(Agents agents, Fleet fleet) {
        this.agents = agents;
        this.fleet = fleet;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/v1/what-if/scope",
                                Access.VIEWER,
                                "What a scope covers now",
                                this::preview)
                        .changesNothing()
                        .takes("WhatIfScope")
                        .gives("ScopePreview"),
                Route.get(
                                "/api/v1/scopes/fields",
                                Access.VIEWER,
                                "What scopes can ask",
                                _ -> Reply.json(fields()))
                        .gives("Names"));
    }

    private static ArrayNode fields() {
        ArrayNode names = Json.array();
        Scope.fields().forEach(names::add);
        return names;
    }

    private Reply preview(Call call) {
        Scope scope = scope(call.json().path("scope").asString(""));
        Preview preview = new Preview(scope);
        for (Agent agent : agents.all()) {
            if (!agent.revoked()) {
                Presence presence = fleet.presence(agent.id()).orElse(null);
                preview.add(
                        agent, presence != null && fleet.isConnected(presence) ? presence : null);
            }
        }
        return Reply.json(preview.json());
    }

    private static Scope scope(String text) {
        try {
            return Scope.compile(text);
        } catch (RuleException e) {
            String at = e.span() == null ? "" : ": at character " + (e.span().start() + 1);
            throw ApiException.invalid("scope" + at + ": " + e.getMessage());
        }
    }

    /** Counts; one a call. */
    private static final class Preview {
        private final Scope scope;
        private final ArrayNode places = Json.array();
        private final Set<String> pods = new HashSet<>();
        private long hosts;
        private long hostsTotal;
        private long containers;
        private long containersTotal;
        private long unknown;
        private long silent;

        Preview(Scope scope) {
            this.scope = scope;
        }

        /**
         * @param presence how it fares; null when it is not heard
         */
        void add(Agent agent, @Nullable Presence presence) {
            if (presence == null || presence.containers() == null) {
                silent++;
                return;
            }
            HostFacts host = Fleet.host(agent);
            Inventory inventory = presence.containers();
            hostsTotal++;
            containersTotal += inventory.total();
            // Of what there was no room to tell.
            unknown += inventory.total() - inventory.entries().size();
            Coverage itself = scope.covers(host, null);
            if (itself == Coverage.YES) {
                hosts++;
                place(agent, null, itself);
            }
            inventory.entries().forEach(entry -> add(agent, host, entry.container()));
        }

        private void add(Agent agent, HostFacts host, Container container) {
            Coverage covered = scope.covers(host, container);
            if (covered == Coverage.NO) {
                return;
            }
            if (covered == Coverage.UNKNOWN) {
                unknown++;
            } else {
                containers++;
                Container.Pod pod = container.pod();
                if (pod != null) {
                    pods.add(agent.id() + " " + pod.namespace() + "/" + pod.name());
                }
            }
            place(agent, container, covered);
        }

        private void place(Agent agent, @Nullable Container container, Coverage covered) {
            if (places.size() == MOST_PLACES) {
                return;
            }
            Container.Pod pod = container == null ? null : container.pod();
            places.addObject()
                    .put("agentId", agent.id())
                    .put("hostName", agent.hostname())
                    .put("containerId", container == null ? "" : container.id())
                    .put("name", container == null ? "" : container.name())
                    .put("image", container == null ? "" : container.image())
                    .put("namespace", pod == null ? "" : pod.namespace())
                    .put("pod", pod == null ? "" : pod.name())
                    .put("covered", covered.name().toLowerCase(Locale.ROOT));
        }

        ObjectNode json() {
            ObjectNode json = Json.object();
            json.put("hosts", hosts).put("hostsTotal", hostsTotal);
            json.put("containers", containers).put("containersTotal", containersTotal);
            json.put("pods", pods.size()).put("unknown", unknown).put("silent", silent);
            json.set("places", places);
            return json;
        }
    }
}
