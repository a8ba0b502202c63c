// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.collector.state.Documents;
import dev.torimono.collector.web.ApiException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies that come with the program, as they are here: what is kept of them is only what was
 * changed, so that everything else is that of the version that runs.
 */
public final class Managed {
    /** What is its owner's in a policy of ours, with what it is when nobody says. */
    private static final Map<String, JsonNode> CHANGEABLE =
            Map.of(
                    "enabled", Json.of(true),
                    "severity", Json.of(4),
                    "mode", Json.of("enforce"),
                    "scope", Json.of(""),
                    "actions", Json.array(),
                    "notificationChannelIds", Json.array(),
                    "runbook", Json.of(""),
                    "exceptions", Json.array(),
                    "limits", Json.object());

    private static final String RULES = "rules";
    private static final String RULE = "ruleName";
    private static final String ENABLED = "enabled";

    private final Documents documents;

    public Managed(Documents documents) {
        this.documents = documents;
    }

    /** What was changed of a policy; empty when nothing was. */
    public Optional<Document> change(Document shipped) {
        return shipped.kind() == Kind.POLICY
                ? documents.named(Kind.MANAGED, shipped.name()).stream().findFirst()
                : Optional.empty();
    }

    /** A policy with what was changed of it; anything else as it is. */
    public Document merged(Document document) {
        if (document.kind() != Kind.POLICY || !Shipped.owns(document)) {
            return document;
        }
        Optional<Document> found = change(document);
        ObjectNode body = document.body().deepCopy();
        body.put("modified", found.isPresent());
        if (found.isEmpty()) {
            return with(document, 1, body, 0);
        }
        Document change = found.get();
        ObjectNode ships = Json.object();
        CHANGEABLE.forEach(
                (key, usual) -> {
                    if (change.body().has(key)) {
                        ships.set(key, body.has(key) ? body.get(key) : usual);
                        body.set(key, change.body().get(key));
                    }
                });
        Map<String, Boolean> flags = flags(change.body());
        for (JsonNode rule : body.path(RULES)) {
            Boolean flag = flags.get(rule.path(RULE).asString(""));
            if (flag != null && rule instanceof ObjectNode one) {
                ships.withArray(RULES).add(one.deepCopy());
                one.put(ENABLED, flag);
            }
        }
        body.set("shipped", ships);
        return with(document, change.version() + 1, body, change.modifiedMs());
    }

    private static Document with(Document of, long version, ObjectNode body, long modifiedMs) {
        return new Document(of.id(), of.kind(), of.name(), version, body, 0, modifiedMs);
    }

    /**
     * What is other in a body than in the policy as it ships; nothing of it has to be told.
     *
     * @throws ApiException when something is other that must not be
     */
    public static ObjectNode changes(Document shipped, ObjectNode given) {
        ObjectNode changes = Json.object();
        for (String key : given.propertyNames()) {
            JsonNode ours = shipped.body().path(key);
            JsonNode theirs = given.get(key);
            JsonNode usual = CHANGEABLE.get(key);
            if (key.equals(RULES)) {
                rules(shipped, theirs, changes);
            } else if (usual == null) {
                if (!ours.isMissingNode() && !theirs.equals(ours)) {
                    throw fixed(shipped, key);
                }
            } else if (!theirs.isNull() && !theirs.equals(ours.isMissingNode() ? usual : ours)) {
                changes.set(key, theirs);
            }
        }
        return changes;
    }

    private static void rules(Document shipped, JsonNode given, ObjectNode changes) {
        Map<String, Boolean> ours = flags(shipped.body());
        Map<String, Boolean> theirs = flags(Json.object().set(RULES, given));
        if (!theirs.keySet().equals(ours.keySet()) || !details(given).equals(details(shipped))) {
            throw fixed(shipped, RULES);
        }
        ArrayNode other = Json.array();
        theirs.forEach(
                (name, enabled) -> {
                    if (!enabled.equals(ours.get(name))) {
                        other.addObject().put(RULE, name).put(ENABLED, enabled);
                    }
                });
        if (!other.isEmpty()) {
            changes.set(RULES, other);
        }
    }

    private static JsonNode details(Document shipped) {
        return details(shipped.body().path(RULES));
    }

    /** Of drift and malware, whose one rule has them. */
    private static JsonNode details(JsonNode rules) {
        return rules.path(0).path("details");
    }

    private static Map<String, Boolean> flags(ObjectNode body) {
        Map<String, Boolean> flags = new HashMap<>();
        for (JsonNode rule : body.path(RULES)) {
            flags.put(rule.path(RULE).asString(""), rule.path(ENABLED).asBoolean(true));
        }
        return flags;
    }

    private static ApiException fixed(Document shipped, String key) {
        return ApiException.invalid(
                key
                        + ": cannot be changed in "
                        + shipped.name()
                        + ", which comes with the program: "
                        + String.join(", ", CHANGEABLE.keySet().stream().sorted().toList())
                        + " and whether a rule of it is enabled can; copy it under another name"
                        + " for more");
    }
}
