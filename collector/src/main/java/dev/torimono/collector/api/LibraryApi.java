// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.catalog.Shipped;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.Agents;
import dev.torimono.collector.fleet.Agents.Agent;
import dev.torimono.collector.fleet.Fleet;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.state.History;
import dev.torimono.collector.state.History.Version;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import dev.torimono.response.source.LineDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where things come from, what they were before, and what comes of them on each agent. */
final class LibraryApi {
    private static final String HISTORY = "/api/v1/history/{kind}/{id}";

    private final Catalog catalog;
    private final Documents documents;
    private final Shipped shipped;
    private final History history;
    private final Agents agents;
    private final Fleet fleet;

    LibraryApi(
            Catalog catalog,
            Documents documents,
            Shipped shipped,
            History history,
            Agents agents,
            Fleet fleet) {
        this.catalog = catalog;
        this.documents = documents;
        this.shipped = shipped;
        this.history = history;
        this.agents = agents;
        this.fleet = fleet;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                                "/api/v1/lists/{name}/items",
                                Access.VIEWER,
                                "Every item of a list, and where it comes from",
                                this::items)
                        .gives("ListItems"),
                Route.get(HISTORY, Access.VIEWER, "Every version, the latest first", this::versions)
                        .gives("Versions"),
                Route.get(
                                HISTORY + "/diff",
                                Access.VIEWER,
                                "What changed between two versions",
                                this::diff)
                        .query("from", "to")
                        .gives("Diff"),
                Route.post(
                                HISTORY + "/rollback",
                                Access.ADMIN,
                                "Put an earlier version in force again",
                                this::rollback)
                        .takes("Rollback"),
                Route.get(
                                "/api/v1/policies/effective",
                                Access.VIEWER,
                                "What each agent does of what each policy asks",
                                _ -> effective())
                        .gives("EffectiveModes"));
    }

    private Reply items(Call call) {
        String name = call.text("name");
        List<Document> all = new ArrayList<>(shipped.named(Kind.LIST, name));
        all.addAll(documents.named(Kind.LIST, name));
        if (all.isEmpty()) {
            throw ApiException.notFound("list " + name);
        }
        ObjectNode body = Json.object().put("name", name);
        ArrayNode items = body.putArray("items");
        for (Document document : all) {
            boolean ours = Shipped.owns(document);
            List<Version> versions = ours ? List.of() : history.of(document.id());
            String origin =
                    ours ? "shipped" : CatalogBodies.appends(document.body()) ? "append" : "custom";
            for (JsonNode item : document.body().path("items").path("items")) {
                Version first = first(versions, item);
                items.addObject()
                        .put("value", item.asString(""))
                        .put("origin", origin)
                        .put("by", first == null ? "" : first.author())
                        .put("on", first == null ? 0 : first.atMs())
                        .put("documentId", document.id());
            }
        }
        return Reply.json(body);
    }

    /** Since when it has been there without a break. */
    private static @org.jspecify.annotations.Nullable Version first(
            List<Version> latestFirst, JsonNode item) {
        Version first = null;
        for (Version version : latestFirst) {
            boolean has =
                    version.body()
                            .path("items")
                            .path("items")
                            .valueStream()
                            .anyMatch(one -> one.equals(item));
            if (!has) {
                return first;
            }
            first = version;
        }
        return first;
    }

    private static Kind kind(Call call) {
        return switch (call.text("kind")) {
            case "policy" -> Kind.POLICY;
            case "rule" -> Kind.RULE;
            case "list" -> Kind.LIST;
            case "macro" -> Kind.MACRO;
            default ->
                    throw ApiException.notFound(
                            call.text("kind") + ": must be policy, rule, list or macro");
        };
    }

    private Document existing(Call call) {
        return documents
                .byId(kind(call), call.number("id"))
                .orElseThrow(
                        () -> ApiException.notFound(call.text("kind") + " " + call.text("id")));
    }

    private Reply versions(Call call) {
        Document document = existing(call);
        ArrayNode versions = Json.array();
        for (Version version : history.of(document.id())) {
            ObjectNode json = versions.addObject();
            json.put("version", version.number());
            json.put("author", version.author());
            json.put("at", version.atMs());
            json.put("current", version.number() == document.version());
            json.set("body", version.body());
        }
        return Reply.json(versions);
    }

    private Version version(Document document, long number) {
        return history.of(document.id(), number)
                .orElseThrow(() -> ApiException.notFound("version " + number));
    }

    private Reply diff(Call call) {
        Document document = existing(call);
        long to = call.query("to", document.version(), 1, Long.MAX_VALUE);
        long from = call.query("from", Math.max(to - 1, 1), 1, Long.MAX_VALUE);
        List<String> lines =
                LineDiff.of(
                        version(document, from).body().toPrettyString(),
                        version(document, to).body().toPrettyString());
        ObjectNode body = Json.object().put("from", from).put("to", to);
        ArrayNode marked = body.putArray("lines");
        for (String line : lines) {
            marked.addObject().put("op", line.substring(0, 1)).put("text", line.substring(1));
        }
        return Reply.json(body);
    }

    private Reply rollback(Call call) {
        Document document = existing(call);
        ObjectNode given = call.json();
        Version wanted = version(document, given.path("version").asLong(-1));
        return Reply.json(
                        CatalogApi.json(
                                catalog.replace(
                                        document.kind(),
                                        document.id(),
                                        document.version(),
                                        document.name(),
                                        wanted.body(),
                                        call.caller().name())))
                .about(given);
    }

    private Reply effective() {
        Map<String, ObjectNode> policies = new TreeMap<>();
        for (Agent agent : agents.all()) {
            JsonNode told =
                    agent.revoked()
                            ? Json.array()
                            : fleet.presence(agent.id())
                                    .map(seen -> seen.health().path("policies"))
                                    .orElseGet(Json::array);
            for (JsonNode one : told) {
                String name = one.path("name").asString("");
                ObjectNode policy = policies.computeIfAbsent(name, LibraryApi::policy);
                String effective = one.path("effective").asString("");
                policy.put("asked", one.path("asked").asString(""));
                policy.withArray("agents")
                        .addObject()
                        .put("agentId", agent.id())
                        .put("hostName", agent.hostname())
                        .put("effective", effective)
                        .put("reason", one.path("reason").asString(""));
                ObjectNode summary = (ObjectNode) policy.get("summary");
                String word = effective.toLowerCase(Locale.ROOT);
                summary.put(word, summary.path(word).asLong(0) + 1);
            }
        }
        ArrayNode all = Json.array();
        policies.values().forEach(all::add);
        return Reply.json(all);
    }

    private static ObjectNode policy(String name) {
        ObjectNode policy = Json.object().put("policy", name).put("asked", "");
        policy.putArray("agents");
        policy.putObject("summary");
        return policy;
    }
}
