// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.LoadCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code exceptions} of a rule. */
final class ExceptionReader {
    private final Keys rule;
    private final boolean appending;
    private final Diagnostics diagnostics;

    /**
     * For one item.
     *
     * @param appending exceptions may leave out their fields
     */
    ExceptionReader(Keys rule, boolean appending, Diagnostics diagnostics) {
        this.rule = rule;
        this.appending = appending;
        this.diagnostics = diagnostics;
    }

    List<ExceptionItem> read() {
        YamlNode node = rule.get("exceptions");
        List<ExceptionItem> exceptions = new ArrayList<>();
        if (node == null || node instanceof YamlNode.Null) {
            return exceptions;
        }
        if (!(node instanceof YamlNode.Sequence list)) {
            throw rule.invalid("exceptions must be a list", node.at());
        }
        for (YamlNode each : list.items()) {
            if (!(each instanceof YamlNode.Mapping map)) {
                throw rule.invalid("an exception must be a mapping with 'name'", each.at());
            }
            exceptions.add(exception(map, exceptions));
        }
        return exceptions;
    }

    private ExceptionItem exception(YamlNode.Mapping map, List<ExceptionItem> before) {
        Keys keys = new Keys(map, rule.item());
        String name = keys.scalar("name").text();
        if (before.stream().anyMatch(other -> other.name().equals(name))) {
            diagnostics.warn(
                    LoadCode.LOAD_EXCEPTION_NAME_NOT_UNIQUE,
                    "exception '" + name + "' is there twice in one item",
                    keys.at("name"),
                    rule.item());
        }
        ExceptionItem.Entry fields = optional(map, "fields");
        if (fields == null && !appending) {
            throw keys.invalid("exception '" + name + "' has no 'fields'", map.at());
        }
        return new ExceptionItem(name, fields, optional(map, "comps"), values(map, name), map.at());
    }

    private ExceptionItem.@Nullable Entry optional(YamlNode.Mapping map, String key) {
        YamlNode node = map.get(key);
        return node == null ? null : entry(node);
    }

    private List<ExceptionItem.Entry> values(YamlNode.Mapping map, String name) {
        YamlNode node = map.get("values");
        if (node == null) {
            if (appending) {
                diagnostics.warn(
                        LoadCode.LOAD_APPEND_NO_VALUES,
                        "exception '" + name + "' is appended without values",
                        map.at(),
                        rule.item());
            }
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence list)) {
            throw rule.invalid("values of exception '" + name + "' must be a list", node.at());
        }
        return entries(list);
    }

    private List<ExceptionItem.Entry> entries(YamlNode.Sequence list) {
        List<ExceptionItem.Entry> entries = new ArrayList<>(list.items().size());
        list.items().forEach(item -> entries.add(entry(item)));
        return entries;
    }

    private ExceptionItem.Entry entry(YamlNode node) {
        return switch (node) {
            case YamlNode.Scalar scalar -> {
                if (scalar.text().isEmpty()) {
                    throw rule.invalid("a value of an exception is empty", scalar.at());
                }
                yield new ExceptionItem.One(scalar);
            }
            case YamlNode.Sequence list -> new ExceptionItem.Many(entries(list), list.at());
            case YamlNode.Null none ->
                    throw rule.invalid("a value of an exception is empty", none.at());
            case YamlNode.Mapping map ->
                    throw rule.invalid(
                            "a value of an exception must be single or a list", map.at());
        };
    }
}
