// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.rules.LoadCode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads the items of a file's documents and hands them on in order. */
public final class ItemReader {
    private static final Set<String> LIST_KEYS = Set.of("list", "items", "append", "override");
    private static final Set<String> MACRO_KEYS =
            Set.of("macro", "condition", "append", "override");
    private static final String APPEND =
            "'append' is deprecated; write 'override: {KEY: append}' instead";
    private static final String APPEND_AND_OVERRIDE =
            "'append: true' and 'override' exclude each other; keep 'override'";

    private final ItemSink sink;
    private final Diagnostics diagnostics;
    private final boolean firstErrorOnly;

    /**
     * A reader of one file.
     *
     * @param firstErrorOnly stop at the first error instead of going on with the next item
     */
    public ItemReader(ItemSink sink, Diagnostics diagnostics, boolean firstErrorOnly) {
        this.sink = sink;
        this.diagnostics = diagnostics;
        this.firstErrorOnly = firstErrorOnly;
    }

    /** Reads a file's items; whether they were read to the end. */
    public boolean read(Documents file) {
        if (file.broken() != null) {
            diagnostics.error(file.broken());
            return false;
        }
        for (YamlNode document : file.documents()) {
            try {
                readDocument(document);
            } catch (LoadException e) {
                diagnostics.error(e);
                if (firstErrorOnly || diagnostics.isFull()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void readDocument(YamlNode document) {
        switch (document) {
            case YamlNode.Null _ -> {}
            case YamlNode.Scalar scalar ->
                    throw invalid("a rule file is a list of items, not text", scalar.at());
            case YamlNode.Mapping map ->
                    throw invalid(
                            "a rule file is a list of items, not a mapping; start each with '- '",
                            map.at());
            case YamlNode.Sequence items -> {
                for (YamlNode item : items.items()) {
                    try {
                        readItem(item);
                    } catch (LoadException e) {
                        if (firstErrorOnly || diagnostics.isFull()) {
                            throw e;
                        }
                        diagnostics.error(e);
                    }
                }
            }
        }
    }

    private static LoadException invalid(String message, Place at) {
        return new LoadException(LoadCode.LOAD_ERR_YAML_VALIDATE, message, at, null);
    }

    private void readItem(YamlNode node) {
        if (node instanceof YamlNode.Null) {
            return;
        }
        if (!(node instanceof YamlNode.Mapping map)) {
            throw invalid("an item must be a mapping such as 'rule: NAME'", node.at());
        }
        if (map.has("required_engine_version")) {
            engineVersion(new Keys(map, "required_engine_version"));
        } else if (map.has("required_plugin_versions")) {
            PluginReader.read(map, sink);
        } else if (map.has("list")) {
            list(map);
        } else if (map.has("macro")) {
            macro(map);
        } else if (map.has("rule")) {
            new RuleReader(map, sink, diagnostics).read();
        } else {
            diagnostics.warn(
                    LoadCode.LOAD_UNKNOWN_ITEM,
                    "item is no rule, macro, list or required version; it is ignored",
                    map.at(),
                    null);
        }
    }

    private void engineVersion(Keys keys) {
        YamlNode.Scalar scalar = keys.scalar("required_engine_version");
        Long number = Keys.unsigned(scalar.text());
        Version version = number == null ? Version.parse(scalar.text()) : new Version(0, number, 0);
        if (version == null) {
            throw keys.invalid(
                    "required_engine_version '"
                            + scalar.text()
                            + "' is neither a number nor a version such as 0.31.0",
                    scalar.at());
        }
        sink.requireEngine(version, scalar.at());
    }

    private void list(YamlNode.Mapping map) {
        String name = new Keys(map, "list").scalar("list").text();
        Keys keys = new Keys(map, label("list", name));
        if (!Names.isList(name)) {
            diagnostics.warn(
                    LoadCode.LOAD_INVALID_LIST_NAME,
                    "list name has a blank, quote, parenthesis, comma or '='; rules cannot use it",
                    keys.at("list"),
                    keys.item());
        }
        ListItem list = new ListItem(name, keys.scalars("items"), map.at());
        boolean append = appends(keys, "items", diagnostics);
        warnUnknownKeys(keys, LIST_KEYS, diagnostics);
        if (append) {
            sink.append(list);
        } else {
            sink.define(list);
        }
    }

    private void macro(YamlNode.Mapping map) {
        String name = new Keys(map, "macro").scalar("macro").text();
        Keys keys = new Keys(map, label("macro", name));
        if (!Names.isMacro(name)) {
            diagnostics.warn(
                    LoadCode.LOAD_INVALID_MACRO_NAME,
                    "macro name must be letters, digits and '_', a letter first; rules cannot use it",
                    keys.at("macro"),
                    keys.item());
        }
        MacroItem macro = new MacroItem(name, Passage.of(keys.scalar("condition")), map.at());
        boolean append = appends(keys, "condition", diagnostics);
        warnUnknownKeys(keys, MACRO_KEYS, diagnostics);
        if (append) {
            sink.append(macro);
        } else {
            sink.define(macro);
        }
    }

    private static boolean appends(Keys keys, String only, Diagnostics diagnostics) {
        boolean append = appendFlag(keys, diagnostics);
        Overrides overrides = new Overrides(keys, Set.of(only), Set.of(only));
        refuseBoth(append, overrides, keys);
        return append || (overrides.appends() && overrides.appends(only));
    }

    static boolean appendFlag(Keys keys, Diagnostics diagnostics) {
        boolean append = keys.bool("append", false);
        if (append) {
            diagnostics.warn(LoadCode.LOAD_DEPRECATED_ITEM, APPEND, keys.at("append"), keys.item());
        }
        return append;
    }

    static void refuseBoth(boolean append, Overrides overrides, Keys keys) {
        if (append && overrides.any()) {
            throw keys.invalid(APPEND_AND_OVERRIDE, keys.at("override"));
        }
    }

    static String label(String kind, String name) {
        return kind + " \"" + name + "\"";
    }

    static void warnUnknownKeys(Keys keys, Set<String> known, Diagnostics diagnostics) {
        Set<String> seen = new LinkedHashSet<>();
        for (YamlNode.Entry entry : keys.entries()) {
            String key = entry.key() instanceof YamlNode.Scalar scalar ? scalar.text() : "?";
            if (!known.contains(key) && seen.add(key)) {
                diagnostics.warn(
                        LoadCode.LOAD_UNKNOWN_KEY,
                        "unknown key '" + key + "' is ignored" + Similar.hint(key, known),
                        entry.key().at(),
                        keys.item());
            }
        }
    }
}
