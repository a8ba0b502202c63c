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
            DraftItem.rules(file.content())
                    .forEach(item -> add(item.kind(), item.name(), item.converted()));
        }
        for (String name : ShippedRules.policyNames()) {
            YamlText.read(ShippedRules.text(name)).path("policies").forEach(this::policy);
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
