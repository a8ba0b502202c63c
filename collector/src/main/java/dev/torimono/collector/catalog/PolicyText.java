// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document;
import dev.torimono.collector.web.ApiException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies of the API as a policies file: one policy a line, JSON being YAML. */
final class PolicyText {
    private static final int DEFAULT_SEVERITY = 4;

    /** Sysdig's lists of drift policies, and what they are called in a policies file. */
    private static final Map<String, String> DRIFT_LISTS =
            Map.of(
                    "exceptionList", "exceptions",
                    "prohibitedBinaries", "prohibited_binaries",
                    "allowlistProcess", "allowed_parents",
                    "allowlistAncestors", "allowed_ancestors",
                    "denylistProcess", "prohibited_parents");

    private PolicyText() {}

    /**
     * @param channel the name of a notification channel; empty when there is none
     */
    static String of(List<Document> policies, LongFunction<String> channel) {
        StringBuilder text = new StringBuilder("policies:\n");
        for (Document policy : policies) {
            text.append("- ").append(RuleText.line(policy(policy, channel))).append('\n');
        }
        return policies.isEmpty() ? "policies: []\n" : text.toString();
    }

    /**
     * The same with changes of policies that come with the program: an agent of a version that has
     * one of them no more, or not yet, enforces the rest.
     */
    static String of(
            List<Document> policies, List<Document> managed, LongFunction<String> channel) {
        StringBuilder text = new StringBuilder(of(policies, channel));
        if (!managed.isEmpty()) {
            text.append("managed:\n");
        }
        for (Document change : managed) {
            text.append("- ").append(RuleText.line(change(change, channel))).append('\n');
        }
        return text.toString();
    }

    private static ObjectNode change(Document change, LongFunction<String> channel) {
        ObjectNode body = change.body();
        ObjectNode policy = Json.object().put("name", change.name()).put("optional", true);
        for (String key : List.of("severity", "enabled", "scope", "runbook", "mode")) {
            if (body.has(key)) {
                policy.set(key, body.get(key));
            }
        }
        if (body.has("rules")) {
            ArrayNode rules = policy.putArray("rules");
            for (JsonNode rule : body.path("rules")) {
                rules.addObject()
                        .put("name", rule.path("ruleName").asString(""))
                        .put("enabled", rule.path("enabled").asBoolean(true));
            }
        }
        if (body.has("actions")) {
            policy.set("actions", actions(body.path("actions")));
        }
        if (body.has("notificationChannelIds")) {
            policy.set("notify", channels(body, channel));
        }
        rest(body, policy);
        return policy;
    }

    /** One policy as a policies file has it. */
    static ObjectNode policy(Document document, LongFunction<String> channel) {
        ObjectNode body = document.body();
        ObjectNode policy = Json.object().put("name", document.name());
        policy.put("description", body.path("description").asString(""));
        policy.put("severity", body.path("severity").asInt(DEFAULT_SEVERITY));
        policy.put("enabled", body.path("enabled").asBoolean(true));
        copy(body, "scope", policy);
        copy(body, "runbook", policy);
        copy(body, "mode", policy);
        String type = type(body);
        policy.put("type", type);
        switch (type) {
            case "drift" -> policy.set("drift", drift(body));
            case "malware" -> policy.set("malware", malware(body));
            default -> policy.set("rules", rules(body));
        }
        ObjectNode actions = actions(body.path("actions"));
        if (!actions.isEmpty()) {
            policy.set("actions", actions);
        }
        ArrayNode notify = channels(body, channel);
        if (!notify.isEmpty()) {
            policy.set("notify", notify);
        }
        rest(body, policy);
        return policy;
    }

    private static ArrayNode channels(ObjectNode body, LongFunction<String> channel) {
        ArrayNode notify = Json.array();
        for (JsonNode id : body.path("notificationChannelIds")) {
            String name = channel.apply(id.asLong(-1));
            if (name.isEmpty()) {
                throw ApiException.invalid("notificationChannelIds: there is no channel " + id);
            }
            notify.add(name);
        }
        return notify;
    }

    private static void rest(ObjectNode body, ObjectNode policy) {
        if (body.path("exceptions") instanceof ArrayNode exceptions && !exceptions.isEmpty()) {
            policy.set("exceptions", exceptions);
        }
        if (body.path("limits") instanceof ObjectNode limits && !limits.isEmpty()) {
            policy.set("limits", limits);
        }
    }

    /** What the API calls falco is a workload policy. */
    static String type(ObjectNode body) {
        String type = body.path("type").asString("falco");
        return switch (type) {
            case "falco", "" -> "workload";
            case "drift", "malware" -> type;
            default ->
                    throw ApiException.invalid(
                            "type: "
                                    + type
                                    + " is not enforced here; falco, drift and malware are");
        };
    }

    private static void copy(ObjectNode from, String name, ObjectNode to) {
        String text = from.path(name).asString("");
        if (!text.isEmpty()) {
            to.put(name, text);
        }
    }

    private static ArrayNode rules(ObjectNode body) {
        ArrayNode rules = Json.array();
        if (body.path("rules") instanceof ArrayNode given && !given.isEmpty()) {
            for (JsonNode rule : given) {
                String name = rule.path("ruleName").asString("");
                if (rule.has("ruleTag")) {
                    rules.addObject()
                            .put("tag", rule.path("ruleTag").asString(""))
                            .put("enabled", rule.path("enabled").asBoolean(true));
                } else if (rule.path("enabled").asBoolean(true)) {
                    rules.add(name);
                } else {
                    rules.addObject().put("name", name).put("enabled", false);
                }
            }
        } else {
            body.path("ruleNames").forEach(rules::add);
        }
        return rules;
    }

    private static ObjectNode actions(JsonNode given) {
        ObjectNode actions = Json.object();
        for (JsonNode action : given) {
            String type = action.path("type").asString("");
            switch (type) {
                case "POLICY_ACTION_KILL_PROCESS" -> {
                    if (action.path("tree").asBoolean(false)) {
                        actions.put("kill_process", "tree");
                    } else {
                        actions.put("kill_process", true);
                    }
                }
                case "POLICY_ACTION_PREVENT_DRIFT", "POLICY_ACTION_PREVENT_MALWARE" ->
                        actions.put("prevent", true);
                case "POLICY_ACTION_STOP" -> actions.put("container", "stop");
                case "POLICY_ACTION_PAUSE" -> actions.put("container", "pause");
                case "POLICY_ACTION_KILL" -> actions.put("container", "kill");
                case "POLICY_ACTION_CAPTURE" ->
                        actions.putObject("capture")
                                .put("before", seconds(action, "beforeEventNs"))
                                .put("after", seconds(action, "afterEventNs"));
                default -> throw ApiException.invalid("actions: there is no type " + type);
            }
        }
        return actions;
    }

    private static long seconds(JsonNode action, String name) {
        long ns = action.path(name).asLong(0);
        if (ns < 0) {
            throw ApiException.invalid("actions: " + name + ": must not be negative");
        }
        return TimeUnit.NANOSECONDS.toSeconds(ns);
    }

    private static JsonNode details(ObjectNode body) {
        return body.path("rules").path(0).path("details");
    }

    private static ObjectNode drift(ObjectNode body) {
        JsonNode details = details(body);
        ObjectNode drift = Json.object();
        drift.put("binaries", !details.path("mode").asString("enabled").equals("disabled"));
        drift.put("volumes", details.path("mountedVolumeDriftEnabled").asBoolean(false));
        drift.put("regex", details.path("useRegex").asBoolean(false));
        DRIFT_LISTS.forEach(
                (from, to) -> {
                    if (details.path(from).path("items") instanceof ArrayNode items) {
                        drift.set(to, items);
                    }
                });
        return drift;
    }

    private static ObjectNode malware(ObjectNode body) {
        JsonNode details = details(body);
        ObjectNode malware = Json.object();
        list(details.path("additionalHashes"), malware, "hashes");
        list(details.path("ignoreHashes"), malware, "ignore_hashes");
        list(details.path("ignorePaths"), malware, "ignore_paths");
        return malware;
    }

    /** Hashes come as an array, or as an object whose names are the hashes. */
    private static void list(JsonNode given, ObjectNode to, String name) {
        ArrayNode list = Json.array();
        if (given instanceof ArrayNode array) {
            array.forEach(list::add);
        } else if (given.path("items") instanceof ArrayNode items) {
            items.forEach(list::add);
        } else {
            given.propertyNames().forEach(list::add);
        }
        to.set(name, list);
    }
}
