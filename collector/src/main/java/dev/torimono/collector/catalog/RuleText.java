// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, macros and rules of the API as a rules file: one item a line, JSON being YAML. */
final class RuleText {
    private RuleText() {}

    /** The same order for the same documents: first what is new, then what appends to it. */
    static String of(List<Document> lists, List<Document> macros, List<Document> rules) {
        StringBuilder text = new StringBuilder();
        for (boolean append : new boolean[] {false, true}) {
            add(text, lists, append, RuleText::list);
            add(text, macros, append, RuleText::macro);
            add(text, rules, append, RuleText::rule);
        }
        return text.toString();
    }

    /** Those of one kind that append, or those that do not. */
    static String part(Kind kind, List<Document> documents, boolean append) {
        StringBuilder text = new StringBuilder();
        add(text, documents, append, document -> item(kind, document));
        return text.toString();
    }

    /** A list, macro or rule as an item of a rules file. */
    static ObjectNode item(Document document) {
        return item(document.kind(), document);
    }

    private static ObjectNode item(Kind kind, Document document) {
        return switch (kind) {
            case LIST -> list(document);
            case MACRO -> macro(document);
            default -> rule(document);
        };
    }

    private static void add(
            StringBuilder text,
            List<Document> documents,
            boolean append,
            Function<Document, ObjectNode> item) {
        documents.stream()
                .filter(document -> appends(document) == append)
                .map(item)
                .forEach(json -> text.append("- ").append(line(json)).append('\n'));
    }

    static boolean appends(Document document) {
        return appends(document.body());
    }

    static boolean appends(ObjectNode body) {
        return body.path("append").asBoolean(false)
                || body.path("details").path("append").asBoolean(false);
    }

    static String line(JsonNode json) {
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }

    private static ObjectNode list(Document document) {
        ObjectNode item = Json.object().put("list", document.name());
        JsonNode items = document.body().path("items").path("items");
        item.set("items", items instanceof ArrayNode array ? array : Json.array());
        return append(item, document);
    }

    private static ObjectNode macro(Document document) {
        ObjectNode item = Json.object().put("macro", document.name());
        item.put("condition", document.body().path("condition").path("condition").asString(""));
        return append(item, document);
    }

    private static ObjectNode rule(Document document) {
        ObjectNode body = document.body();
        JsonNode details = body.path("details");
        ObjectNode item = Json.object().put("rule", document.name());
        boolean append = appends(document);
        String condition = details.path("condition").path("condition").asString("");
        if (!condition.isEmpty() || !append) {
            item.put("condition", condition);
        }
        if (!append) {
            item.put("desc", body.path("description").asString(""));
            item.put("output", details.path("output").asString(""));
            item.put("priority", details.path("priority").asString("warning"));
            item.put("source", details.path("source").asString("syscall"));
            JsonNode tags = body.path("tags");
            item.set("tags", tags instanceof ArrayNode array ? array : Json.array());
        }
        if (details.path("exceptions") instanceof ArrayNode exceptions && !exceptions.isEmpty()) {
            item.set("exceptions", exceptions);
        }
        return append(item, document);
    }

    private static ObjectNode append(ObjectNode item, Document document) {
        if (appends(document)) {
            item.put("append", true);
        }
        return item;
    }
}
