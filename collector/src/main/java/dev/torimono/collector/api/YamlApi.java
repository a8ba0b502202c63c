// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

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
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules, macros, lists and policies as YAML: written out, and read without being kept. */
final class YamlApi {
    private static final int BODY_MB = 4;

    private final Editing editing;

    YamlApi(Editing editing) {
        this.editing = editing;
    }

    List<Route> routes() {
        return List.of(
                Route.post(
                                "/api/v1/yaml/write",
                                Access.VIEWER,
                                "A document of the API as YAML",
                                this::write)
                        .takes("YamlDocument")
                        .gives("YamlText")
                        .upTo(BODY_MB),
                Route.post(
                                "/api/v1/yaml/read",
                                Access.VIEWER,
                                "YAML as documents of the API, with what is wrong and where",
                                this::read)
                        .takes("YamlText")
                        .gives("YamlDraft")
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

    private Reply read(Call call) {
        ObjectNode given = call.json();
        String text = given.path("text").asString("");
        long replaces = given.path("replaces").asLong(0);
        boolean policies = given.path("kind").asString("").equals("policy");
        Draft draft = policies ? editing.policies(text, replaces) : editing.rules(text, replaces);
        List<Fault> faults = new ArrayList<>(draft.faults());
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        for (Editing.Item item : draft.items()) {
            try {
                CatalogBodies.check(item.kind(), item.body());
            } catch (ApiException e) {
                faults.add(new Fault(true, item.line(), 0, String.valueOf(e.getMessage())));
            }
            Document old = item.old();
            items.addObject()
                    .put("kind", item.kind().name().toLowerCase(Locale.ROOT))
                    .put("name", item.name())
                    .put("line", item.line())
                    .put("id", old == null ? 0 : old.id())
                    .put("version", old == null ? 0 : old.version())
                    .set("body", item.body());
        }
        ArrayNode told = json.putArray("faults");
        for (Fault fault : faults) {
            told.addObject()
                    .put("severity", fault.error() ? "error" : "warning")
                    .put("line", fault.line())
                    .put("column", fault.column())
                    .put("message", fault.message());
        }
        return Reply.json(json);
    }
}
