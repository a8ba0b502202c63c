// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The policies of a collector, through its API. */
final class FleetPolicies {
    private static final String PATH = "/api/v2/policies";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final CollectorOptions collector;

    FleetPolicies(CollectorOptions collector) {
        this.collector = collector;
    }

    private Map<String, JsonNode> byName() {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        for (JsonNode policy : collector.get(PATH)) {
            byName.put(policy.path("name").asString(""), policy);
        }
        return byName;
    }

    void list(PrintWriter out) {
        Map<String, JsonNode> policies = byName();
        PolicyTable table = new PolicyTable(out);
        policies.values().forEach(table::add);
        table.end();
    }

    void get(String name, PrintWriter out) {
        out.println(
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(existing(byName(), name)));
    }

    private static JsonNode existing(Map<String, JsonNode> byName, String name) {
        JsonNode policy = byName.get(name);
        if (policy == null) {
            throw new AgentException(
                    Reason.CONFIG,
                    "the collector has no policy \""
                            + name
                            + "\""
                            + Nearest.hint(name, byName.keySet()));
        }
        return policy;
    }

    void delete(String name) {
        long id = existing(byName(), name).path("id").asLong();
        JsonNode _ = collector.call("DELETE", PATH + "/" + id, new byte[0]);
    }

    /** A policies file that can be applied anywhere. */
    void export(List<String> names, PrintWriter out) {
        String text = collector.get("/api/v1/bundle").path("policies").asString("");
        List<String> left = new ArrayList<>(names);
        List<String> lines = new ArrayList<>();
        // The collector writes each policy as one line of JSON, which is YAML.
        for (String line : text.lines().filter(each -> each.startsWith("- ")).toList()) {
            String name = JSON.readTree(line.substring(2)).path("name").asString("");
            if (names.isEmpty() || left.remove(name)) {
                lines.add(line);
            }
        }
        if (!left.isEmpty()) {
            throw new AgentException(
                    Reason.CONFIG, "the collector has no policy \"" + left.getFirst() + "\"");
        }
        out.println(lines.isEmpty() ? "policies: []" : "policies:");
        lines.forEach(out::println);
    }

    /**
     * What applying would do.
     *
     * @param policies in the words of the API, by name
     * @param there those of them that the collector has
     * @param diff for people; empty when nothing changes
     */
    record Plan(Map<String, ObjectNode> policies, Map<String, JsonNode> there, String diff) {}

    Plan plan(List<String> files) {
        Map<String, JsonNode> there = byName();
        Map<String, ObjectNode> changed = new LinkedHashMap<>();
        StringBuilder diff = new StringBuilder();
        for (ObjectNode policy : new FleetPolicyFiles(collector).read(files)) {
            String name = policy.path("name").asString("");
            JsonNode old = there.get(name);
            String difference = old == null ? "" : difference(old, policy);
            if (old == null) {
                diff.append("+ ").append(Printable.of(name)).append('\n');
                changed.put(name, policy);
            } else if (!difference.isEmpty()) {
                diff.append("~ ").append(Printable.of(name)).append('\n').append(difference);
                changed.put(name, policy);
            }
        }
        return new Plan(changed, there, diff.toString());
    }

    private static String difference(JsonNode old, ObjectNode policy) {
        StringBuilder text = new StringBuilder();
        // Read back, numbers are of the same kinds as those of the collector.
        JsonNode fresh = JSON.readTree(bytes(policy));
        for (String key : fresh.propertyNames().stream().sorted().toList()) {
            JsonNode value = fresh.path(key);
            JsonNode before = old.path(key);
            if (!before.equals(value) && !(before.isMissingNode() && saysNothing(value))) {
                text.append("    ")
                        .append(key)
                        .append(": ")
                        .append(before.isMissingNode() ? "nothing" : before)
                        .append(" → ")
                        .append(value)
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static boolean saysNothing(JsonNode value) {
        return value.isContainer()
                ? value.isEmpty()
                : value.isString() && value.asString().isEmpty();
    }

    /** All of them or none: the collector checks the whole that they would make. */
    void apply(Plan plan, PrintWriter out) {
        ArrayNode policies = JSON.createArrayNode();
        plan.policies()
                .forEach(
                        (name, policy) -> {
                            JsonNode old = plan.there().get(name);
                            policy.put("version", old == null ? 0 : old.path("version").asLong());
                            policies.add(policy);
                        });
        JsonNode _ = collector.call("PUT", PATH, bytes(policies));
        plan.policies().keySet().forEach(name -> out.println("applied  " + Printable.of(name)));
        out.flush();
    }

    private static byte[] bytes(JsonNode node) {
        return JSON.writeValueAsBytes(node);
    }
}
