// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.ruleset.ShippedRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies, rules, lists and macros that come with the program, in the JSON of the API: to be read,
 * appended to and copied, not to be changed.
 */
public final class Shipped {
    /** Those of the database count from 1. */
    public static final long FIRST_ID = 1_000_000_000L;

    private static final long ID_BITS = 0x3fff_ffffL;
    private static final String DRIFT_RULE = "Container drift";
    private static final int DEFAULT_SEVERITY = 4;

    private final Map<Kind, List<Document>> all = new EnumMap<>(Kind.class);

    public Shipped() {
        for (ShippedRules.File file : ShippedRules.files()) {
            items(file.content()).forEach(this::item);
        }
        for (String name : ShippedRules.policyNames()) {
            load(ShippedRules.text(name)).path("policies").forEach(this::policy);
        }
    }

    public List<Document> all(Kind kind) {
        return all.getOrDefault(kind, List.of());
    }

    public List<Document> named(Kind kind, String name) {
        return all(kind).stream().filter(one -> one.name().equals(name)).toList();
    }

    public Optional<Document> byId(Kind kind, long id) {
        return all(kind).stream().filter(one -> one.id() == id).findFirst();
    }

    public static boolean owns(Document document) {
        return document.id() >= FIRST_ID;
    }

    private static JsonNode load(String yaml) {
        Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return loaded == null ? Json.object() : Json.of(loaded);
    }

    private static List<JsonNode> items(String yaml) {
        List<JsonNode> items = new ArrayList<>();
        load(yaml).forEach(items::add);
        return items;
    }

    private void item(JsonNode item) {
        if (item.has("list")) {
            ObjectNode body = Json.object();
            ArrayNode items = body.putObject("items").putArray("items");
            item.path("items").forEach(one -> items.add(one.asString("")));
            add(Kind.LIST, text(item, "list"), body.put("append", false));
        } else if (item.has("macro")) {
            ObjectNode body = Json.object();
            body.set("condition", condition(item));
            add(Kind.MACRO, text(item, "macro"), body.put("append", false));
        } else if (item.has("rule")) {
            add(Kind.RULE, text(item, "rule"), rule(item));
        }
    }

    private static ObjectNode condition(JsonNode item) {
        ObjectNode condition = Json.object().put("condition", text(item, "condition"));
        condition.putArray("components");
        return condition;
    }

    private static ObjectNode rule(JsonNode item) {
        ObjectNode body = Json.object().put("description", text(item, "desc"));
        ArrayNode tags = body.putArray("tags");
        item.path("tags").forEach(tag -> tags.add(tag.asString("")));
        ObjectNode details = body.putObject("details");
        details.put("ruleType", "FALCO");
        details.put("append", false);
        details.put("source", item.path("source").asString("syscall"));
        details.put("output", text(item, "output"));
        details.put("priority", item.path("priority").asString("warning"));
        details.set("condition", condition(item));
        details.set(
                "exceptions",
                item.path("exceptions") instanceof ArrayNode given ? given : Json.array());
        return body;
    }

    private void policy(JsonNode policy) {
        ObjectNode body = Json.object();
        String type = policy.path("type").asString("workload");
        body.put("description", text(policy, "description"));
        body.put("severity", policy.path("severity").asInt(DEFAULT_SEVERITY));
        body.put("enabled", policy.path("enabled").asBoolean(true));
        body.put("type", type.equals("workload") ? "falco" : type);
        body.put("scope", text(policy, "scope"));
        body.putArray("actions");
        body.putArray("notificationChannelIds");
        ArrayNode names = body.putArray("ruleNames");
        ArrayNode rules = body.putArray("rules");
        if (type.equals("drift")) {
            rules.addObject()
                    .put("ruleName", DRIFT_RULE)
                    .put("enabled", true)
                    .putObject("details")
                    .put("ruleType", "DRIFT")
                    .put("mode", "enabled");
            names.add(DRIFT_RULE);
        }
        for (JsonNode rule : policy.path("rules")) {
            String name = rule.isString() ? rule.asString("") : text(rule, "name");
            rules.addObject()
                    .put("ruleName", name)
                    .put("enabled", rule.path("enabled").asBoolean(true));
            names.add(name);
        }
        add(Kind.POLICY, text(policy, "name"), body);
    }

    private void add(Kind kind, String name, ObjectNode body) {
        all.computeIfAbsent(kind, _ -> new ArrayList<>())
                .add(new Document(id(kind, name), kind, name, 1, body, 0, 0));
    }

    /** The same from one version of the program to the next. */
    private static long id(Kind kind, String name) {
        CRC32 sum = new CRC32();
        sum.update((kind + " " + name).getBytes(StandardCharsets.UTF_8));
        return FIRST_ID + (sum.getValue() & ID_BITS);
    }

    private static String text(JsonNode item, String name) {
        return item.path(name).asString("").strip();
    }
}
