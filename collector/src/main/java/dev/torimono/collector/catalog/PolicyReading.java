// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies of a policies file in the words of the API; {@link PolicyText} is the way back. What the
 * API has no word for is refused: a policy must not do less than it says.
 */
final class PolicyReading {
    private static final long SECOND_NS = 1_000_000_000;
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "description",
                    "type",
                    "severity",
                    "enabled",
                    "mode",
                    "scope",
                    "rules",
                    "actions",
                    "notify",
                    "runbook",
                    "exceptions",
                    "limits",
                    "drift",
                    "malware");
    private static final Map<String, String> DRIFT_LISTS =
            Map.of(
                    "exceptions", "exceptionList",
                    "prohibited_binaries", "prohibitedBinaries",
                    "allowed_parents", "allowlistProcess",
                    "allowed_ancestors", "allowlistAncestors",
                    "prohibited_parents", "denylistProcess");
    private static final Map<String, String> MALWARE_LISTS =
            Map.of(
                    "hashes", "additionalHashes",
                    "ignore_hashes", "ignoreHashes",
                    "ignore_paths", "ignorePaths");

    private final ToLongFunction<String> channel;

    /**
     * @param channel the number of a notification channel by its name
     */
    PolicyReading(ToLongFunction<String> channel) {
        this.channel = channel;
    }

    /**
     * @throws IllegalArgumentException for what the API has no word for
     */
    ObjectNode body(JsonNode policy) {
        refuseOthers("policy", policy, KEYS);
        ObjectNode body = Json.object();
        String name = policy.path("name").asString("");
        String type = policy.path("type").asString("workload");
        body.put("description", policy.path("description").asString(name));
        body.put("type", type.equals("workload") ? "falco" : type);
        body.put("severity", policy.path("severity").asInt(4));
        body.put("enabled", policy.path("enabled").asBoolean(true));
        body.put("mode", policy.path("mode").asString("enforce"));
        body.put("scope", policy.path("scope").asString(""));
        body.put("runbook", policy.path("runbook").asString(""));
        body.set(
                "rules",
                switch (type) {
                    case "drift" -> details("DRIFT", drift(policy.path("drift")));
                    case "malware" -> details("MALWARE", malware(policy.path("malware")));
                    case String _ -> rules(policy.path("rules"));
                });
        body.set("actions", actions(policy.path("actions"), type));
        ArrayNode channels = body.putArray("notificationChannelIds");
        policy.path("notify").forEach(each -> channels.add(channel.applyAsLong(each.asString(""))));
        for (String key : new String[] {"exceptions", "limits"}) {
            if (policy.has(key)) {
                body.set(key, policy.path(key));
            }
        }
        return body;
    }

    private static ArrayNode rules(JsonNode given) {
        ArrayNode rules = Json.array();
        for (JsonNode rule : given) {
            ObjectNode one = rules.addObject();
            if (rule.isString()) {
                one.put("ruleName", rule.asString());
            } else if (rule.has("tag")) {
                one.put("ruleTag", rule.path("tag").asString(""));
            } else {
                one.put("ruleName", rule.path("name").asString(""));
            }
            one.put("enabled", rule.path("enabled").asBoolean(true));
        }
        return rules;
    }

    private static ArrayNode details(String type, ObjectNode details) {
        details.put("ruleType", type);
        ArrayNode rules = Json.array();
        rules.addObject().set("details", details);
        return rules;
    }

    private static ObjectNode drift(JsonNode given) {
        ObjectNode details = Json.object();
        Set<String> known = new TreeSet<>(Set.of("binaries", "volumes", "scripts", "regex"));
        known.addAll(DRIFT_LISTS.keySet());
        refuseOthers("drift", given, known);
        if (!given.path("scripts").asBoolean(true)) {
            throw new IllegalArgumentException("drift: scripts: the collector cannot turn it off");
        }
        details.put("mode", given.path("binaries").asBoolean(true) ? "enabled" : "disabled");
        details.put("mountedVolumeDriftEnabled", given.path("volumes").asBoolean(false));
        details.put("useRegex", given.path("regex").asBoolean(false));
        DRIFT_LISTS.forEach((from, to) -> items(given.path(from), details, to));
        return details;
    }

    private static ObjectNode malware(JsonNode given) {
        ObjectNode details = Json.object();
        refuseOthers("malware", given, MALWARE_LISTS.keySet());
        MALWARE_LISTS.forEach((from, to) -> items(given.path(from), details, to));
        return details;
    }

    private static void items(JsonNode given, ObjectNode to, String name) {
        if (given.isArray()) {
            to.putObject(name).set("items", given);
        }
    }

    private static ArrayNode actions(JsonNode given, String type) {
        refuseOthers("actions", given, Set.of("kill_process", "prevent", "container", "capture"));
        ArrayNode actions = Json.array();
        String kill = given.path("kill_process").asString("false");
        if (!kill.equals("false")) {
            ObjectNode action = actions.addObject().put("type", "POLICY_ACTION_KILL_PROCESS");
            if (kill.equals("tree")) {
                action.put("tree", true);
            }
        }
        if (given.path("prevent").asBoolean(false)) {
            actions.addObject()
                    .put(
                            "type",
                            type.equals("malware")
                                    ? "POLICY_ACTION_PREVENT_MALWARE"
                                    : "POLICY_ACTION_PREVENT_DRIFT");
        }
        String container = given.path("container").asString("");
        if (!container.isEmpty()) {
            actions.addObject().put("type", "POLICY_ACTION_" + container.toUpperCase(Locale.ROOT));
        }
        if (given.path("capture") instanceof ObjectNode capture) {
            actions.addObject()
                    .put("type", "POLICY_ACTION_CAPTURE")
                    .put("beforeEventNs", capture.path("before").asLong(0) * SECOND_NS)
                    .put("afterEventNs", capture.path("after").asLong(0) * SECOND_NS);
        }
        return actions;
    }

    private static void refuseOthers(String where, JsonNode given, Set<String> known) {
        given.propertyNames().stream()
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(
                        key -> {
                            throw new IllegalArgumentException(
                                    where + ": " + key + ": the collector knows no such key");
                        });
    }
}
