// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.access.AccessKeys;
import dev.torimono.collector.access.Accounts;
import dev.torimono.collector.access.SavedViews;
import dev.torimono.collector.backup.Snapshots;
import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.catalog.Drafts;
import dev.torimono.collector.catalog.Editing;
import dev.torimono.collector.catalog.Shipped;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Bundles;
import dev.torimono.collector.fleet.Diagnoses;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.fleet.Rollout;
import dev.torimono.collector.forward.Forwarders;
import dev.torimono.collector.notify.Notifier;
import dev.torimono.collector.respond.AcquiredFiles;
import dev.torimono.collector.respond.Executions;
import dev.torimono.collector.state.Audit;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.state.History;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.RetentionPlan;
import dev.torimono.collector.tree.Trees;
import dev.torimono.collector.triage.Incidents;
import dev.torimono.collector.triage.Mutes;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.OpenApi;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import dev.torimono.collector.web.Routes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/** Everything that can be called. */
public final class Api {
    private Api() {}

    /**
     * What the endpoints work on.
     *
     * @param activity what agents told of the trees of alerts
     * @param freeBytes what the disk has left
     * @param tokenMs age at which an agent is to get another token; 0 never
     * @param metrics counters in Prometheus' text form
     */
    public record Rooms(
            EventStore store,
            EventStore activity,
            Intake intake,
            Accounts accounts,
            AccessKeys keys,
            Documents documents,
            Shipped shipped,
            History history,
            Catalog catalog,
            Agents agents,
            Fleet fleet,
            Rollout rollout,
            Bundles bundles,
            Diagnoses diagnoses,
            RetentionPlan retention,
            LongSupplier freeBytes,
            SavedViews views,
            long tokenMs,
            Notifier notifier,
            Forwarders forwarders,
            Snapshots snapshots,
            Audit audit,
            Mutes mutes,
            Incidents incidents,
            Executions executions,
            AcquiredFiles files,
            InstantSource clock,
            Supplier<String> metrics) {}

    public static Routes routes(Rooms rooms) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new OperateApi(rooms.store(), rooms.audit(), rooms.metrics()).routes());
        routes.addAll(new AccessApi(rooms.accounts(), rooms.keys()).routes());
        routes.addAll(new EventsApi(rooms.store()).routes());
        routes.addAll(new TriageApi(rooms.store(), rooms.clock()).routes());
        routes.addAll(new IncidentsApi(rooms.store(), rooms.incidents(), rooms.clock()).routes());
        Trees trees = new Trees(rooms.store(), rooms.activity());
        routes.addAll(new TreesApi(rooms.store(), trees).routes());
        routes.addAll(new MutesApi(rooms.mutes(), rooms.store(), rooms.clock()).routes());
        routes.addAll(new CatalogApi(rooms.catalog(), rooms.documents(), rooms.shipped()).routes());
        routes.addAll(
                new ChannelsApi(rooms.catalog(), rooms.documents(), rooms.notifier()).routes());
        routes.addAll(
                new RolloutApi(rooms.rollout(), rooms.bundles(), rooms.agents(), rooms.fleet())
                        .routes());
        routes.addAll(
                new RetentionApi(
                                rooms.retention(),
                                rooms.store(),
                                rooms.activity(),
                                rooms.freeBytes())
                        .routes());
        routes.addAll(new ViewsApi(rooms.views()).routes());
        routes.addAll(new SnapshotsApi(rooms.snapshots()).routes());
        routes.addAll(new ForwardersApi(rooms.documents(), rooms.forwarders()).routes());
        routes.addAll(
                new AgentsApi(rooms.agents(), rooms.fleet(), rooms.catalog(), rooms.diagnoses())
                        .routes());
        routes.addAll(new ScopesApi(rooms.agents(), rooms.fleet()).routes());
        routes.addAll(
                new FleetApi(
                                rooms.agents(),
                                rooms.fleet(),
                                rooms.intake(),
                                rooms.activity(),
                                rooms.executions(),
                                rooms.diagnoses(),
                                rooms.tokenMs(),
                                rooms.clock())
                        .routes());
        routes.addAll(
                new LibraryApi(
                                rooms.catalog(),
                                rooms.documents(),
                                rooms.shipped(),
                                rooms.history(),
                                rooms.agents(),
                                rooms.fleet())
                        .routes());
        Drafts drafts = new Drafts(rooms.documents(), rooms.shipped());
        routes.addAll(new WhatIfApi(drafts, rooms.store(), rooms.clock()).routes());
        Editing editing = new Editing(rooms.documents(), rooms.shipped());
        routes.addAll(new YamlApi(editing, rooms.catalog()).routes());
        Possibilities possibilities =
                new Possibilities(
                        rooms.store(),
                        rooms.agents(),
                        rooms.fleet(),
                        rooms.executions(),
                        rooms.clock());
        routes.addAll(
                new ResponsesApi(rooms.executions(), rooms.files(), rooms.agents(), possibilities)
                        .routes());
        routes.addAll(new FalcoApi(rooms.intake()).routes());
        ObjectNode[] document = {null};
        routes.add(
                Route.get(
                        "/openapi.json",
                        Access.PUBLIC,
                        "This description",
                        _ -> Reply.json(document[0])));
        document[0] = OpenApi.document(routes);
        return new Routes(routes);
    }
}
