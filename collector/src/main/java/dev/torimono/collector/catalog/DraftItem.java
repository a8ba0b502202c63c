// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.catalog;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.state.Document.Kind;
import dev.torimono.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One list, macro, rule or policy of a text that somebody writes.
 *
 * @param kind which of them
 * @param name its name
 * @param item as written
 * @param line where it begins, from 0
 * @param end where the next one does, or one past the last line
 * @param indent how far its dash is indented; -1 when it does not stand as a block
 */
record DraftItem(Kind kind, String name, ObjectNode item, int line, int end, int indent) {
    /** What can be appended to. */
    static final List<String> APPENDED = List.of("condition", "items", "exceptions");

    private static final Set<String> RULE =
            Set.of(
                    "rule",
                    "desc",
                    "condition",
                    "output",
                    "priority",
                    "source",
                    "tags",
                    "exceptions",
                    "append",
                    "override");
    private static final Set<String> MACRO = Set.of("macro", "condition", "append", "override");
    private static final Set<String> LIST = Set.of("list", "items", "append", "override");

    /** Somewhere in a text that cannot be kept. */
    static final class DraftException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int line;

        DraftException(int line, String message) {
            super(message);
            this.line = line;
        }

        /** From 0. */
        int line() {
            return line;
        }
    }

    /** The items of a rules file. */
    static List<DraftItem> rules(String text) {
        JsonNode root = YamlText.read(text);
        if (root.isObject() && root.isEmpty()) {
            return List.of();
        }
        if (!root.isArray()) {
            throw new DraftException(0, "it must be a list of rules, macros and lists");
        }
        return items(text, root, sequence(text, null), DraftItem::kindOf);
    }

    /** The policies of a policies file. */
    static List<DraftItem> policies(String text) {
        JsonNode root = YamlText.read(text);
        if (root.has("managed")) {
            throw new DraftException(
                    0, "managed: what comes with the program is changed by files on each machine");
        }
        if (!root.path("policies").isArray()) {
            throw new DraftException(0, "policies: must be there, and a list");
        }
        return items(
                text, root.path("policies"), sequence(text, "policies"), (_, _) -> Kind.POLICY);
    }

    @FunctionalInterface
    private interface KindOf {
        Kind of(JsonNode item, int line);
    }

    private static Kind kindOf(JsonNode item, int line) {
        if (item.has("rule")) {
            return Kind.RULE;
        }
        if (item.has("macro")) {
            return Kind.MACRO;
        }
        if (item.has("list")) {
            return Kind.LIST;
        }
        throw new DraftException(line, "an item must be a rule, a macro or a list");
    }

    private static String nameOf(Kind kind, JsonNode item) {
        return switch (kind) {
            case RULE -> item.path("rule").asString("");
            case MACRO -> item.path("macro").asString("");
            case LIST -> item.path("list").asString("");
            default -> item.path("name").asString("");
        };
    }

    /** Where the items stand. */
    private static List<Node> sequence(String text, @Nullable String key) {
        LoadSettings settings = YamlText.settings();
        Node root = Yaml.node(settings, text).orElse(null);
        if (key != null && root instanceof MappingNode map) {
            root =
                    map.getValue().stream()
                            .filter(
                                    one ->
                                            one.getKeyNode() instanceof ScalarNode name
                                                    && name.getValue().equals(key))
                            .map(one -> one.getValueNode())
                            .findFirst()
                            .orElse(null);
        }
        return root instanceof SequenceNode list ? list.getValue() : List.of();
    }

    private static List<DraftItem> items(
            String text, JsonNode given, List<Node> nodes, KindOf kindOf) {
        String[] lines = text.split("\n", -1);
        List<DraftItem> items = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            int[] at = i < nodes.size() ? dash(lines, nodes.get(i)) : new int[] {0, -1};
            if (!(given.get(i) instanceof ObjectNode item)) {
                throw new DraftException(at[0], "an item must have keys");
            }
            int end = i + 1 < nodes.size() ? dash(lines, nodes.get(i + 1))[0] : lines.length;
            Kind kind = kindOf.of(item, at[0]);
            String name = nameOf(kind, item);
            if (name.isBlank()) {
                throw new DraftException(at[0], "its name must not be empty");
            }
            items.add(new DraftItem(kind, name, item, at[0], end, at[1]));
        }
        return items;
    }

    /** Line and column of an item's dash; column -1 when there is none. */
    private static int[] dash(String[] lines, Node node) {
        Mark mark = node.getStartMark().orElse(null);
        if (mark == null) {
            return new int[] {0, -1};
        }
        for (int line = mark.getLine(); line >= 0 && line > mark.getLine() - 3; line--) {
            int column = lines[line].length() - lines[line].stripLeading().length();
            boolean before = line < mark.getLine() || column < mark.getColumn();
            if (before && lines[line].startsWith("-", column)) {
                return new int[] {line, column};
            }
        }
        return new int[] {mark.getLine(), -1};
    }

    boolean appends() {
        return item.path("append").asBoolean(false)
                || APPENDED.stream()
                        .anyMatch(
                                key ->
                                        item.path("override")
                                                .path(key)
                                                .asString("")
                                                .equals("append"));
    }

    /**
     * As the API has it.
     *
     * @throws DraftException for what is written and would not be kept
     */
    ObjectNode body() {
        refuseOthers(
                switch (kind) {
                    case RULE -> RULE;
                    case MACRO -> MACRO;
                    default -> LIST;
                });
        return converted();
    }

    /** As the API has it, without what it has no word for. */
    ObjectNode converted() {
        return switch (kind) {
            case RULE -> rule(item);
            case MACRO -> macro(item);
            default -> list(item);
        };
    }

    private void refuseOthers(Set<String> keys) {
        item.propertyNames().stream()
                .filter(key -> !keys.contains(key))
                .findFirst()
                .ifPresent(
                        key -> {
                            throw new DraftException(
                                    line, key + ": the collector keeps no such key");
                        });
        item.path("override")
                .properties()
                .forEach(
                        one -> {
                            boolean kept =
                                    APPENDED.contains(one.getKey())
                                            && one.getValue().asString("").equals("append");
                            if (!kept) {
                                throw new DraftException(
                                        line,
                                        "override: only conditions, items and exceptions that are"
                                                + " appended are kept; or write all of it under"
                                                + " another name");
                            }
                        });
    }

    private ObjectNode list(ObjectNode given) {
        ObjectNode body = Json.object();
        ArrayNode items = body.putObject("items").putArray("items");
        given.path("items").forEach(one -> items.add(one.asString("")));
        return body.put("append", appends());
    }

    private ObjectNode macro(ObjectNode given) {
        ObjectNode body = Json.object();
        body.set("condition", condition(given));
        return body.put("append", appends());
    }

    private static ObjectNode condition(JsonNode given) {
        ObjectNode condition =
                Json.object().put("condition", given.path("condition").asString("").strip());
        condition.putArray("components");
        return condition;
    }

    private ObjectNode rule(ObjectNode given) {
        ObjectNode body = Json.object().put("description", given.path("desc").asString("").strip());
        ArrayNode tags = body.putArray("tags");
        given.path("tags").forEach(tag -> tags.add(tag.asString("")));
        ObjectNode details = body.putObject("details");
        details.put("ruleType", "FALCO");
        details.put("append", appends());
        details.put("source", given.path("source").asString("syscall"));
        details.put("output", given.path("output").asString("").strip());
        details.put("priority", given.path("priority").asString("warning"));
        details.set("condition", condition(given));
        details.set(
                "exceptions",
                given.path("exceptions") instanceof ArrayNode list ? list : Json.array());
        return body;
    }
}
