// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.catalog.Shipped;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies, rules, lists and macros, as Sysdig's clients know them. */
final class CatalogApi {
    private static final int BODY_MB = 4;

    private final Catalog catalog;
    private final Documents documents;
    private final Shipped shipped;
    private final ManagedPolicies managed;

    CatalogApi(Catalog catalog, Documents documents, Shipped shipped) {
        this.catalog = catalog;
        this.documents = documents;
        this.shipped = shipped;
        this.managed = new ManagedPolicies(catalog, shipped, documents);
    }

    private List<Document> all(Kind kind) {
        return merged(shipped.all(kind), documents.all(kind));
    }

    private List<Document> named(Kind kind, String name) {
        return merged(shipped.named(kind, name), documents.named(kind, name));
    }

    private List<Document> merged(List<Document> theirs, List<Document> own) {
        List<Document> all = new ArrayList<>();
        theirs.forEach(one -> all.add(managed.merged(one)));
        all.addAll(own);
        return all;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        kind(routes, Kind.POLICY, "/api/v2/policies", "Policy");
        kind(routes, Kind.RULE, "/api/secure/rules", "Rule");
        kind(routes, Kind.LIST, "/api/secure/falco/lists", "FalcoList");
        kind(routes, Kind.MACRO, "/api/secure/falco/macros", "Macro");
        routes.add(
                Route.put(
                                "/api/v2/policies",
                                Access.ADMIN,
                                "Add or change several by name: all or none",
                                this::applied)
                        .takes("Policies")
                        .gives("Policies")
                        .upTo(BODY_MB));
        routes.add(create("/api/v2/policies/batch", Kind.POLICY, "Policy"));
        routes.add(replace("/api/v2/policies/batch/{id}", Kind.POLICY, "Policy"));
        routes.add(delete("/api/v2/policies/batch/{id}", Kind.POLICY, "Policy"));
        routes.add(
                Route.post(
                                "/api/v2/policies/actions",
                                Access.ADMIN,
                                "Deliver policies now: they always are",
                                CatalogApi::forward)
                        .query("action"));
        groups(routes, Kind.RULE, "/api/secure/rules", "Rules");
        groups(routes, Kind.LIST, "/api/secure/falco/lists", "FalcoLists");
        groups(routes, Kind.MACRO, "/api/secure/falco/macros", "Macros");
        return routes;
    }

    private void kind(List<Route> routes, Kind kind, String path, String schema) {
        routes.add(
                Route.get(path, Access.VIEWER, "All of them", _ -> Reply.json(array(all(kind))))
                        .gives(plural(kind)));
        routes.add(create(path, kind, schema));
        routes.add(
                Route.get(
                                path + "/{id}",
                                Access.VIEWER,
                                "One of them",
                                call -> Reply.json(json(existing(kind, call))))
                        .gives(schema));
        routes.add(replace(path + "/{id}", kind, schema));
        routes.add(delete(path + "/{id}", kind, schema));
    }

    private static String plural(Kind kind) {
        return switch (kind) {
            case POLICY -> "Policies";
            case RULE -> "Rules";
            case LIST -> "FalcoLists";
            case MACRO -> "Macros";
            case MANAGED, CHANNEL, FORWARDER ->
                    throw new IllegalArgumentException(kind + ": not of this API");
        };
    }

    private Route create(String path, Kind kind, String schema) {
        return Route.post(path, Access.ADMIN, "Add one", call -> created(kind, call))
                .query("skipPolicyV2Msg")
                .takes(schema)
                .gives(schema)
                .upTo(BODY_MB);
    }

    private Route replace(String path, Kind kind, String schema) {
        return Route.put(path, Access.ADMIN, "Change one", call -> replaced(kind, call))
                .query("skipPolicyV2Msg")
                .takes(schema)
                .gives(schema)
                .upTo(BODY_MB);
    }

    private Route delete(String path, Kind kind, String schema) {
        return Route.delete(path, Access.ADMIN, "Remove one", call -> deleted(kind, call))
                .query("skipPolicyV2Msg")
                .gives(schema);
    }

    private void groups(List<Route> routes, Kind kind, String path, String schema) {
        routes.add(
                Route.get(
                                path + "/groups",
                                Access.VIEWER,
                                "All of one name: it, and what appends to it",
                                call -> Reply.json(array(named(kind, call.query("name", "")))))
                        .query("name", "type")
                        .gives(schema));
        routes.add(
                Route.get(
                                path + "/summaries",
                                Access.VIEWER,
                                "Names, with the ids of all that have them",
                                _ -> Reply.json(summaries(kind)))
                        .gives("Summaries"));
    }

    private ArrayNode summaries(Kind kind) {
        Map<String, List<Long>> byName = new LinkedHashMap<>();
        for (Document document : all(kind)) {
            byName.computeIfAbsent(document.name(), _ -> new ArrayList<>()).add(document.id());
        }
        ArrayNode summaries = Json.array();
        byName.forEach(
                (name, ids) -> {
                    ArrayNode list = summaries.addObject().put("name", name).putArray("ids");
                    ids.forEach(list::add);
                });
        return summaries;
    }

    private static Reply forward(Call call) {
        if (!call.query("action", "").equals("forwardPolicyV2Msg")) {
            throw ApiException.badRequest("action: must be forwardPolicyV2Msg");
        }
        return Reply.json(Json.object());
    }

    private Document existing(Kind kind, Call call) {
        long id = call.number("id");
        return documents
                .byId(kind, id)
                .or(() -> shipped.byId(kind, id).map(managed::merged))
                .orElseThrow(() -> ApiException.notFound(call.text("id")));
    }

    private Reply created(Kind kind, Call call) {
        ObjectNode given = call.json();
        String name = given.path("name").asString("");
        ObjectNode body = CatalogBodies.checked(kind, given);
        refuseSecond(kind, name, body, -1);
        return Reply.json(json(catalog.create(kind, name, body, call.caller().name())));
    }

    private Reply replaced(Kind kind, Call call) {
        ObjectNode given = call.json();
        Document old = existing(kind, call);
        if (kind == Kind.POLICY && Shipped.owns(old)) {
            return Reply.json(json(managed.replaced(old, given, call.caller().name())));
        }
        refuseShipped(old);
        String name = given.path("name").asString(old.name());
        ObjectNode body = CatalogBodies.checked(kind, given);
        refuseSecond(kind, name, body, old.id());
        long version = given.path("version").asLong(-1);
        return Reply.json(
                json(catalog.replace(kind, old.id(), version, name, body, call.caller().name())));
    }

    /** What is told of each counts for all: nothing changes unless all of it can. */
    private Reply applied(Call call) {
        Map<String, Catalog.Draft> drafts = new LinkedHashMap<>();
        for (JsonNode each : array(call.body())) {
            if (!(each instanceof ObjectNode given)) {
                throw ApiException.invalid("policies: each must be an object");
            }
            String name = given.path("name").asString("");
            long version = given.path("version").asLong(-1);
            ObjectNode body = CatalogBodies.checked(Kind.POLICY, given);
            if (drafts.put(name, new Catalog.Draft(Kind.POLICY, 0, name, version, body)) != null) {
                throw ApiException.invalid("policies: two are named " + name);
            }
        }
        String author = call.caller().name();
        return Reply.json(array(catalog.apply(List.copyOf(drafts.values()), author)));
    }

    private static ArrayNode array(byte[] json) {
        if (Json.parse(json) instanceof ArrayNode array && !array.isEmpty()) {
            return array;
        }
        throw ApiException.invalid("policies: must be an array of at least one");
    }

    private Reply deleted(Kind kind, Call call) {
        Document old = existing(kind, call);
        if (managed.restored(old, call.caller().name())) {
            return Reply.json(json(existing(kind, call)));
        }
        refuseShipped(old);
        return Reply.json(json(catalog.delete(kind, old.id(), call.caller().name())));
    }

    private static void refuseShipped(Document document) {
        if (Shipped.owns(document)) {
            throw new ApiException(
                    ApiException.CONFLICT,
                    "read_only",
                    document.name()
                            + ": it comes with the program and is not changed; append to it, or"
                            + " copy it under another name");
        }
    }

    /** Many may append to one name; one may define it. */
    private void refuseSecond(Kind kind, String name, ObjectNode body, long exceptId) {
        if (CatalogBodies.appends(body)) {
            return;
        }
        boolean there =
                named(kind, name).stream()
                        .anyMatch(
                                other ->
                                        other.id() != exceptId
                                                && !CatalogBodies.appends(other.body()));
        if (there) {
            throw ApiException.conflict("name: there is one of the name " + name + " already");
        }
    }

    private static ArrayNode array(List<Document> documents) {
        ArrayNode array = Json.array();
        documents.forEach(document -> array.add(json(document)));
        return array;
    }

    static ObjectNode json(Document document) {
        ObjectNode json = Json.object();
        json.put("id", document.id());
        json.put("name", document.name());
        json.put("version", document.version());
        json.put("createdOn", document.createdMs());
        json.put("modifiedOn", document.modifiedMs());
        boolean shipped = Shipped.owns(document);
        json.put("origin", shipped ? "Torimono" : "Secure UI");
        json.put("isDefault", shipped);
        json.put("readOnly", shipped);
        json.setAll(document.body());
        return json;
    }
}
