// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.catalog.Editing;
import dev.torimono.collector.catalog.Editing.Draft;
import dev.torimono.collector.catalog.Editing.Fault;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.web.Access;
import dev.torimono.collector.web.ApiException;
import dev.torimono.collector.web.Call;
import dev.torimono.collector.web.Reply;
import dev.torimono.collector.web.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules, macros, lists and policies as YAML: written out, read, and kept all together. */
final class YamlApi {
    private static final int BODY_MB = 4;

    private final Editing editing;
    private final Catalog catalog;

    YamlApi(Editing editing, Catalog catalog) {
        this.editing = editing;
        this.catalog = catalog;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/v1/yaml/write",
                                Access.VIEWER,
                                "A document of the API as YAML",
                                this::write)
                        .changesNothing()
                        .takes("YamlDocument")
                        .gives("YamlText")
                        .upTo(BODY_MB),
                Route.post(
                                "/api/v1/yaml/read",
                                Access.VIEWER,
                                "YAML as documents of the API, with what is wrong and where",
                                this::read)
                        .changesNothing()
                        .takes("YamlText")
                        .gives("YamlDraft")
                        .upTo(BODY_MB),
                Route.put(
                                "/api/v1/yaml",
                                Access.ADMIN,
                                "Keep all that a YAML text has: all or none, as one change",
                                this::keep)
                        .takes("YamlEdition")
                        .gives("YamlKept")
                        .upTo(BODY_MB));
    }

    private static Kind kind(String word) {
        return switch (word) {
            case "policy" -> Kind.POLICY;
            case "rule" -> Kind.RULE;
            case "list" -> Kind.LIST;
            case "macro" -> Kind.MACRO;
            default ->
                    throw ApiException.invalid(
                            "kind: must be policy, rule, list or macro, found " + word);
        };
    }

    private Reply write(Call call) {
        ObjectNode given = call.json();
        Kind kind = kind(given.path("kind").asString(""));
        if (!(given.path("body") instanceof ObjectNode body)) {
            throw ApiException.invalid("body: must be there");
        }
        CatalogBodies.check(kind, body);
        String name = given.path("name").asString("");
        Document document = new Document(0, kind, name, 1, body, 0, 0);
        return Reply.json(Json.object().put("text", editing.yaml(document)));
    }

    /** A text, read, with all that is wrong with it. */
    private record Reading(List<Editing.Item> items, List<Fault> faults) {
        boolean wrong() {
            return faults.stream().anyMatch(Fault::error);
        }
    }

    private Reading reading(ObjectNode given) {
        String text = given.path("text").asString("");
        long replaces = given.path("replaces").asLong(0);
        boolean policies = given.path("kind").asString("").equals("policy");
        Draft draft = policies ? editing.policies(text, replaces) : editing.rules(text, replaces);
        List<Fault> faults = new ArrayList<>(draft.faults());
        for (Editing.Item item : draft.items()) {
            try {
                CatalogBodies.check(item.kind(), item.body());
            } catch (ApiException e) {
                faults.add(new Fault(true, item.line(), 0, String.valueOf(e.getMessage())));
            }
        }
        return new Reading(draft.items(), faults);
    }

    private Reply read(Call call) {
        Reading reading = reading(call.json());
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (Editing.Item item : reading.items()) {
            Document old = item.old();
            items.addObject()
                    .put("kind", word(item.kind()))
                    .put("name", item.name())
                    .put("line", item.line())
                    .put("id", old == null ? 0 : old.id())
                    .put("version", old == null ? 0 : old.version())
                    .set("body", item.body());
        }
        json.set("faults", faults(reading.faults()));
        return Reply.json(json);
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode faults(List<Fault> faults) {
        ArrayNode told = Json.array();
        for (Fault fault : faults) {
            told.addObject()
                    .put("severity", fault.error() ? "error" : "warning")
                    .put("line", fault.line())
                    .put("column", fault.column())
                    .put("message", fault.message());
        }
        return told;
    }

    private Reply keep(Call call) {
        ObjectNode given = call.json();
        Reading reading = reading(given);
        ObjectNode json = Json.object();
        json.set("faults", faults(reading.faults()));
        ArrayNode items = json.putArray("items");
        if (reading.wrong() || reading.items().isEmpty()) {
            String why = reading.wrong() ? "nothing of it was kept: see its faults" : "it is empty";
            return Reply.error(ApiException.UNPROCESSABLE, "invalid", why, json);
        }
        ArrayNode kept = Json.array();
        for (Document one : catalog.apply(drafts(given, reading), call.caller().name())) {
            items.addObject()
                    .put("kind", word(one.kind()))
                    .put("id", one.id())
                    .put("name", one.name())
                    .put("version", one.version());
            kept.add(word(one.kind()) + " " + one.name());
        }
        return Reply.json(json).about(kept);
    }

    /** With the versions that their writer was shown, so that nobody writes over news. */
    private static List<Catalog.Draft> drafts(ObjectNode given, Reading reading) {
        Map<Long, Long> seen = new HashMap<>();
        given.path("seen")
                .forEach(one -> seen.put(one.path("id").asLong(0), one.path("version").asLong(-1)));
        List<Catalog.Draft> drafts = new ArrayList<>();
        for (Editing.Item item : reading.items()) {
            Document old = item.old();
            long id = old == null ? 0 : old.id();
            long version = id == 0 ? -1 : seen.getOrDefault(id, -1L);
            drafts.add(new Catalog.Draft(item.kind(), id, item.name(), version, item.body()));
        }
        return drafts;
    }
}
