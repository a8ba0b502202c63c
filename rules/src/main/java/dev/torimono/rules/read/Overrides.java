// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.LoadCode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** What the {@code override} key of an item asks for. */
final class Overrides {
    private final Keys keys;
    private final Set<String> append = new LinkedHashSet<>();
    private final Set<String> replace = new LinkedHashSet<>();
    private final Set<String> unclaimed = new TreeSet<>();

    /**
     * Reads the key.
     *
     * @param appendable keys of the item that may be appended to
     * @param replaceable keys that may be replaced
     */
    Overrides(Keys keys, Set<String> appendable, Set<String> replaceable) {
        this.keys = keys;
        YamlNode node = keys.get("override");
        if (node instanceof YamlNode.Sequence) {
            throw notAMapping(node);
        }
        if (node instanceof YamlNode.Mapping map) {
            for (YamlNode.Entry entry : map.entries()) {
                read(entry, appendable, replaceable);
            }
        }
        appendable.stream().filter(keys::has).forEach(unclaimed::add);
        replaceable.stream().filter(keys::has).forEach(unclaimed::add);
    }

    private LoadException notAMapping(YamlNode node) {
        return new LoadException(
                LoadCode.LOAD_ERR_VALIDATE,
                "'override' must map keys to append or replace",
                node.at(),
                keys.item());
    }

    private void read(YamlNode.Entry entry, Set<String> appendable, Set<String> replaceable) {
        if (!(entry.key() instanceof YamlNode.Scalar key)) {
            throw notAMapping(entry.key());
        }
        String operation =
                switch (entry.value()) {
                    case YamlNode.Scalar scalar -> scalar.text();
                    case YamlNode.Null _ -> "null";
                    case YamlNode.Sequence list -> throw notAMapping(list);
                    case YamlNode.Mapping map -> throw notAMapping(map);
                };
        String name = key.text();
        switch (operation) {
            case "append" -> {
                if (!appendable.contains(name)) {
                    throw keys.invalid(
                            "key '" + name + "' cannot be appended to; use replace", key.at());
                }
                append.add(name);
            }
            case "replace" -> {
                if (!replaceable.contains(name)) {
                    throw keys.invalid("key '" + name + "' cannot be replaced", key.at());
                }
                replace.add(name);
            }
            default ->
                    throw keys.invalid(
                            "unknown override '" + operation + "'; use append or replace",
                            entry.value().at());
        }
    }

    boolean any() {
        return !append.isEmpty() || !replace.isEmpty();
    }

    boolean appends() {
        return !append.isEmpty();
    }

    boolean replaces() {
        return !replace.isEmpty();
    }

    boolean appends(String key) {
        return append.contains(key) && claim("append", key);
    }

    boolean replaces(String key) {
        return replace.contains(key) && claim("replace", key);
    }

    private boolean claim(String operation, String key) {
        if (!unclaimed.remove(key)) {
            throw keys.invalid(
                    "override says '" + operation + "' of '" + key + "' but the item has none",
                    keys.at("override"));
        }
        return true;
    }

    /** Refuses keys that nothing under {@code override} speaks of. */
    void refuseUnclaimed() {
        for (String key : unclaimed) {
            throw keys.invalid("key '" + key + "' needs an entry under 'override'", keys.at(key));
        }
    }
}
