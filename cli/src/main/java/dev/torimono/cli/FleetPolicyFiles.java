// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.rules.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Policies files in the words of the API. The collector itself translates them, and refuses what it
 * has no word for: a policy that is applied must not do less than it says.
 */
final class FleetPolicyFiles {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CollectorOptions collector;

    FleetPolicyFiles(CollectorOptions collector) {
        this.collector = collector;
    }

    List<ObjectNode> read(List<String> files) {
        List<ObjectNode> all = new ArrayList<>();
        Set<String> names = new TreeSet<>();
        for (Path file : expanded(files)) {
            for (ObjectNode policy : policies(file)) {
                String name = policy.path("name").asString("");
                if (!names.add(name)) {
                    throw wrong(file, "policy \"" + name + "\" is there twice");
                }
                all.add(policy);
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

    private List<ObjectNode> policies(Path file) {
        try {
            String text = Files.readString(file);
            Object read = Yaml.load(LoadSettings.builder().setLabel(file.toString()).build(), text);
            JsonNode root = read == null ? JSON.createObjectNode() : JSON.valueToTree(read);
            boolean api = root.isArray() || root.has("ruleNames") || root.has("name");
            return api ? asTheApiTells(file, root) : translated(file, text);
        } catch (java.nio.file.NoSuchFileException e) {
            throw wrong(file, "no such file");
        } catch (IOException | YamlEngineException e) {
            throw wrong(file, String.valueOf(e.getMessage()));
        }
    }

    private static List<ObjectNode> asTheApiTells(Path file, JsonNode root) {
        List<ObjectNode> policies = new ArrayList<>();
        for (JsonNode each : root.isArray() ? root : JSON.createArrayNode().add(root)) {
            if (!(each instanceof ObjectNode policy)
                    || policy.path("name").asString("").isBlank()) {
                throw wrong(file, "name: must be there");
            }
            ObjectNode same = policy.deepCopy();
            Stream.of("id", "version", "createdOn", "modifiedOn", "origin", "isDefault")
                    .forEach(same::remove);
            policies.add(same);
        }
        return policies;
    }

    private List<ObjectNode> translated(Path file, String text) {
        ObjectNode question = JSON.createObjectNode().put("kind", "policy").put("text", text);
        JsonNode draft =
                collector.call("POST", "/api/v1/yaml/read", JSON.writeValueAsBytes(question));
        StringBuilder wrong = new StringBuilder();
        for (JsonNode fault : draft.path("faults")) {
            if (fault.path("severity").asString("").equals("error")) {
                int line = fault.path("line").asInt(0);
                wrong.append(wrong.isEmpty() ? "" : "\n")
                        .append(line == 0 ? "" : "line " + line + ": ")
                        .append(fault.path("message").asString(""));
            }
        }
        if (!wrong.isEmpty()) {
            throw wrong(file, wrong.toString());
        }
        List<ObjectNode> policies = new ArrayList<>();
        for (JsonNode item : draft.path("items")) {
            ObjectNode policy = JSON.createObjectNode();
            policy.put("name", item.path("name").asString(""));
            policies.add(policy.setAll((ObjectNode) item.path("body")));
        }
        return policies;
    }

    private static AgentException wrong(Path file, String why) {
        return new AgentException(Reason.CONFIG, file + ": " + why);
    }
}
