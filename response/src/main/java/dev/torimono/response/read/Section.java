// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a policy file. Every key asked for is known; those never asked for are errors in
 * the end. A wrong value is told and replaced by the fallback, so that reading goes on.
 */
final class Section {
    private final YamlFile file;
    private final MappingNode node;
    private final String what;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> asked = new LinkedHashSet<>();

    private Section(YamlFile file, MappingNode node, String what) {
        this.file = file;
        this.node = node;
        this.what = what;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                file.error(tuple.getKeyNode(), what + ": a key must be a word");
            } else if (values.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
                file.error(key, what + ": \"" + key.getValue() + "\" stands here twice");
            } else {
                keys.put(key.getValue(), key);
            }
        }
    }

    /** The mapping of a node; null when it is none, which is told. */
    static @Nullable Section of(YamlFile file, Node node, String what) {
        if (node instanceof MappingNode mapping) {
            return new Section(file, mapping, what);
        }
        file.error(node, what + ": expected keys and values, found " + kind(node));
        return null;
    }

    Node node() {
        return node;
    }

    boolean has(String key) {
        asked.add(key);
        return values.containsKey(key);
    }

    /** The value of a key; null when the key is missing or has none. */
    @Nullable Node value(String key) {
        asked.add(key);
        Node value = values.get(key);
        return value == null || value.getTag().equals(Tag.NULL) ? null : value;
    }

    @Nullable ScalarNode scalar(String key) {
        Node value = value(key);
        if (value == null || value instanceof ScalarNode) {
            return (ScalarNode) value;
        }
        wrong(key, value, "a text");
        return null;
    }

    String text(String key, String fallback) {
        ScalarNode value = scalar(key);
        return value == null ? fallback : value.getValue().strip();
    }

    /** A text that must be there. */
    String required(String key) {
        String text = text(key, "");
        if (text.isEmpty()) {
            Node at = keys.getOrDefault(key, node);
            file.error(at, what + ": \"" + key + "\" is missing");
        }
        return text;
    }

    boolean flag(String key, boolean fallback) {
        Node value = value(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return scalar.getValue().toLowerCase(Locale.ROOT).equals("true");
        }
        wrong(key, value, "true or false");
        return fallback;
    }

    int number(String key, int fallback, int min, int max) {
        Node value = value(key);
        if (value == null) {
            return fallback;
        }
        if (value instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                int number = Integer.parseInt(scalar.getValue());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                wrong(key, value, "a whole number from " + min + " to " + max);
                return fallback;
            }
        }
        wrong(key, value, "a whole number from " + min + " to " + max);
        return fallback;
    }

    /** One word of a closed vocabulary, written in lower case. */
    <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
        ScalarNode value = scalar(key);
        if (value == null) {
            return fallback;
        }
        List<String> words = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(value.getValue())) {
                return constant;
            }
            words.add(word);
        }
        wrong(key, value, String.join(", ", words));
        return fallback;
    }

    @Nullable Section section(String key) {
        Node value = value(key);
        return value == null ? null : of(file, value, "\"" + key + "\" of " + what);
    }

    /** The elements of a list; a single value counts as a list of one. */
    List<Node> list(String key) {
        Node value = value(key);
        if (value == null) {
            return List.of();
        }
        return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    }

    /** A list of texts. */
    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node element : list(key)) {
            if (element instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                texts.add(scalar.getValue());
            } else {
                wrong(key, element, "texts");
            }
        }
        return texts;
    }

    /** Tells that a value is not what it must be. */
    void wrong(String key, Node value, String expected) {
        file.error(
                value, what + ": \"" + key + "\": expected " + expected + ", found " + kind(value));
    }

    /** Refuses a key that is known but has no place here. */
    void forbid(String key, String why) {
        Node keyNode = keys.get(key);
        asked.add(key);
        if (keyNode != null) {
            file.error(keyNode, what + ": \"" + key + "\": " + why);
        }
    }

    /** Tells every key that nobody asked for. */
    void end() {
        keys.forEach(
                (key, keyNode) -> {
                    if (!asked.contains(key)) {
                        file.error(
                                keyNode,
                                what
                                        + ": unknown key \""
                                        + key
                                        + "\""
                                        + Nearest.hint(key, asked)
                                        + (Nearest.hint(key, asked).isEmpty()
                                                ? "; known: " + String.join(", ", asked)
                                                : ""));
                    }
                });
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "keys and values";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode scalar -> "\"" + scalar.getValue() + "\"";
            default -> "something else";
        };
    }
}
