// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies files in the words of the API. What the API has no word for is refused: a policy that is
 * applied must not do less than it says.
 */
final class PolicyTranslation {
    private static final JsonMapper JSON = JsonMapper.shared();
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
    PolicyTranslation(ToLongFunction<String> channel) {
        this.channel = channel;
    }

    List<ObjectNode> read(List<String> files) {
        List<ObjectNode> all = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Path file : expanded(files)) {
            for (JsonNode policy : policies(file)) {
                ObjectNode translated = translated(file, policy);
                String name = translated.path("name").asString("");
                if (!names.add(name)) {
                    throw wrong(file, "policy \"" + name + "\" is there twice");
                }
                all.add(translated);
            }
        }
        return all;
    }

    private static List<Path> expanded(List<String> files) {
        List<Path> all = new ArrayList<>();
        for (String each : files) {
            Path path = Path.of(each);
            if (!Files.isDirectory(path)) {
                all.add(path);
                continue;
            }
            try (Stream<Path> children = Files.list(path)) {
                children.filter(child -> child.toString().matches(".*\\.(ya?ml|json)"))
                        .sorted()
                        .forEach(all::add);
            } catch (IOException e) {
                throw wrong(path, String.valueOf(e.getMessage()));
            }
        }
        return all;
    }

    private static JsonNode policies(Path file) {
        try {
            Object read =
                    new Load(LoadSettings.builder().setLabel(file.toString()).build())
                            .loadFromString(Files.readString(file));
            if (read == null) {
                throw wrong(file, "policies: must be a list");
            }
            JsonNode root = JSON.valueToTree(read);
            if (root.has("managed")) {
                throw wrong(
                        file,
                        "managed: what comes with torimono is changed by files on each machine");
            }
            JsonNode policies = root.path("policies");
            if (policies.isArray()) {
                return policies;
            }
            if (root.isArray() || root.has("ruleNames") || root.has("name")) {
                // As the API tells them: nothing to translate.
                return root.isArray() ? root : JSON.createArrayNode().add(root);
            }
            throw wrong(file, "policies: must be a list");
        } catch (java.nio.file.NoSuchFileException e) {
            throw wrong(file, "no such file");
        } catch (IOException | YamlEngineException | NumberFormatException e) {
            throw wrong(file, String.valueOf(e.getMessage()));
        }
    }

    private ObjectNode translated(Path file, JsonNode given) {
        if (!(given instanceof ObjectNode policy) || policy.path("name").asString("").isBlank()) {
            throw wrong(file, "name: must be there");
        }
        boolean api = policy.has("ruleNames") || policy.path("actions").isArray();
        if (api) {
            ObjectNode same = policy.deepCopy();
            Stream.of("id", "version", "createdOn", "modifiedOn", "origin", "isDefault")
                    .forEach(same::remove);
            return same;
        }
        String name = policy.path("name").asString("");
        policy.propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .findFirst()
                .ifPresent(
                        key -> {
                            throw wrong(
                                    file,
                                    "policy \""
                                            + name
                                            + "\": "
                                            + key
                                            + ": the collector knows no such key");
                        });
        try {
            return ours(policy);
        } catch (IllegalArgumentException e) {
            throw wrong(file, "policy \"" + name + "\": " + e.getMessage());
        }
    }

    private ObjectNode ours(ObjectNode policy) {
        ObjectNode body = JSON.createObjectNode();
        String name = policy.path("name").asString("");
        String type = policy.path("type").asString("workload");
        body.put("name", name);
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
        ArrayNode rules = JSON.createArrayNode();
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
        ArrayNode rules = JSON.createArrayNode();
        rules.addObject().set("details", details);
        return rules;
    }

    private static ObjectNode drift(JsonNode given) {
        ObjectNode details = JSON.createObjectNode();
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
        ObjectNode details = JSON.createObjectNode();
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
        ArrayNode actions = JSON.createArrayNode();
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
            actions.addObject()
                    .put("type", "POLICY_ACTION_" + container.toUpperCase(java.util.Locale.ROOT));
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

    private static AgentException wrong(Path file, String why) {
        return new AgentException(Reason.CONFIG, file + ": " + why);
    }
}
