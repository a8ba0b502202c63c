// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.read.Place;
import dev.torimono.rules.read.Similar;
import dev.torimono.rules.read.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mapping of a test file: something described by keys that are known beforehand. */
final class Described {
    private final YamlNode.Mapping map;

    private Described(YamlNode.Mapping map) {
        this.map = map;
    }

    /** Takes a mapping with no other keys than those. */
    static Described of(YamlNode node, String what, Set<String> known) {
        if (!(node instanceof YamlNode.Mapping map)) {
            throw error(what + " must be described by keys", node.at());
        }
        for (YamlNode.Entry entry : map.entries()) {
            String key = text(entry.key());
            if (!known.contains(key)) {
                throw error(
                        what + " has no key '" + key + "'" + Similar.hint(key, known),
                        entry.key().at());
            }
        }
        return new Described(map);
    }

    static RuleException error(String message, Place at) {
        return new RuleException(RuleException.Kind.SYNTAX, at.position() + ": " + message, null);
    }

    /** A single value's text; nothing is the empty text. */
    static String text(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar.text();
            case YamlNode.Null _ -> "";
            case YamlNode.Sequence _, YamlNode.Mapping _ ->
                    throw error("a single value must stand here", node.at());
        };
    }

    static List<YamlNode> list(YamlNode node) {
        return switch (node) {
            case YamlNode.Sequence sequence -> sequence.items();
            case YamlNode.Null _ -> List.of();
            case YamlNode.Scalar _, YamlNode.Mapping _ ->
                    throw error("a list must stand here", node.at());
        };
    }

    Place at() {
        return map.at();
    }

    Place at(String key) {
        YamlNode node = map.get(key);
        return node == null ? map.at() : node.at();
    }

    boolean has(String key) {
        return map.has(key);
    }

    /** The value of a key; null when it is absent or empty. */
    @Nullable YamlNode get(String key) {
        YamlNode node = map.get(key);
        return node instanceof YamlNode.Null ? null : node;
    }

    String required(String key) {
        String text = text(key, "");
        if (text.isEmpty()) {
            throw error("key '" + key + "' is missing", map.at());
        }
        return text;
    }

    String text(String key, String otherwise) {
        YamlNode node = get(key);
        return node == null ? otherwise : text(node);
    }

    long number(String key, long otherwise) {
        YamlNode node = get(key);
        if (node == null) {
            return otherwise;
        }
        try {
            return Long.decode(text(node));
        } catch (NumberFormatException e) {
            throw error("key '" + key + "' must be a number", node.at());
        }
    }

    boolean flag(String key) {
        String text = text(key, "false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error("key '" + key + "' must be true or false", at(key));
        };
    }

    List<String> texts(String key) {
        YamlNode node = get(key);
        List<String> texts = new ArrayList<>();
        if (node != null) {
            list(node).forEach(each -> texts.add(text(each)));
        }
        return texts;
    }

    Map<String, String> map(String key) {
        Map<String, String> entries = new LinkedHashMap<>();
        YamlNode node = get(key);
        if (node != null) {
            if (!(node instanceof YamlNode.Mapping nested)) {
                throw error("key '" + key + "' must map names to values", node.at());
            }
            nested.entries().forEach(each -> entries.put(text(each.key()), text(each.value())));
        }
        return entries;
    }
}
