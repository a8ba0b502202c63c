// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.LoadCode;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.read.Diagnostics;
import dev.torimono.rules.read.ExceptionItem;
import dev.torimono.rules.read.ItemSink;
import dev.torimono.rules.read.ListItem;
import dev.torimono.rules.read.LoadException;
import dev.torimono.rules.read.MacroItem;
import dev.torimono.rules.read.Place;
import dev.torimono.rules.read.PluginRequirement;
import dev.torimono.rules.read.RuleItem;
import dev.torimono.rules.read.Similar;
import dev.torimono.rules.read.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that the files read so far say, later words applied to earlier ones. */
public final class Collector implements ItemSink {
    private static final Version ENGINE =
            Objects.requireNonNull(Version.parse(LoadOptions.ENGINE_VERSION));

    private final ExceptionCheck exceptionCheck;
    private final Set<String> sources;
    private final Map<String, Collected<ListItem>> lists = new LinkedHashMap<>();
    private final Map<String, Collected<MacroItem>> macros = new LinkedHashMap<>();
    private final Map<String, Collected<RuleItem>> rules = new LinkedHashMap<>();
    private final List<PluginRequirement> plugins = new ArrayList<>();
    private Diagnostics diagnostics;
    private int next;

    public Collector(LoadOptions options, Diagnostics diagnostics) {
        this.exceptionCheck = new ExceptionCheck(options.fields());
        this.sources = options.fields().sources();
        this.diagnostics = diagnostics;
    }

    /** Where warnings go from now on. */
    public void report(Diagnostics file) {
        diagnostics = file;
    }

    public Map<String, Collected<ListItem>> lists() {
        return lists;
    }

    public Map<String, Collected<MacroItem>> macros() {
        return macros;
    }

    public ListItem list(String name) {
        return Objects.requireNonNull(lists.get(name)).item();
    }

    public MacroItem macro(String name) {
        return Objects.requireNonNull(macros.get(name)).item();
    }

    /** A place to blame when no item is to blame alone. */
    public Place anyPlace() {
        return lists.values().iterator().next().item().at();
    }

    public Collection<Collected<RuleItem>> rules() {
        return rules.values();
    }

    public List<PluginRequirement> plugins() {
        return plugins;
    }

    /** Whether an event source is there. */
    public boolean knows(String source) {
        return sources.contains(source);
    }

    @Override
    public void requireEngine(Version version, Place at) {
        if (!ENGINE.serves(version)) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_VALIDATE,
                    "rules require engine version " + version + ", this engine is " + ENGINE,
                    at,
                    "required_engine_version");
        }
    }

    @Override
    public void requirePlugin(PluginRequirement requirement) {
        Set<String> names = new HashSet<>();
        for (PluginRequirement.Alternative alternative : requirement.alternatives()) {
            if (Version.parse(alternative.version()) == null) {
                throw pluginError(
                        "plugin '"
                                + alternative.name()
                                + "': '"
                                + alternative.version()
                                + "' is no version such as 0.1.0",
                        requirement);
            }
            if (!names.add(alternative.name())) {
                throw pluginError(
                        "plugin '" + alternative.name() + "' is its own alternative", requirement);
            }
        }
        plugins.add(requirement);
    }

    private static LoadException pluginError(String message, PluginRequirement requirement) {
        return new LoadException(
                LoadCode.LOAD_ERR_VALIDATE, message, requirement.at(), "required_plugin_versions");
    }

    @Override
    public void define(ListItem list) {
        define(lists, list.name(), list);
    }

    @Override
    public void append(ListItem list) {
        Collected<ListItem> old = existing(lists, "list", list.name(), "append to", list.at());
        lists.put(list.name(), old.changed(old.item().withMore(list.items()), next++));
    }

    @Override
    public void define(MacroItem macro) {
        define(macros, macro.name(), macro);
    }

    @Override
    public void append(MacroItem macro) {
        Collected<MacroItem> old = existing(macros, "macro", macro.name(), "append to", macro.at());
        macros.put(macro.name(), old.changed(old.item().withMore(macro.condition()), next++));
    }

    @Override
    public void define(RuleItem rule) {
        String label = label("rule", rule.name());
        Collected<RuleItem> old = rules.get(rule.name());
        if (old != null) {
            refuseOtherSource(old.item(), rule.source(), rule.at());
        }
        if (!knows(rule.source())) {
            diagnostics.warn(
                    LoadCode.LOAD_UNKNOWN_SOURCE,
                    "source '" + rule.source() + "' is not there; the rule stays inactive",
                    rule.at(),
                    label);
        }
        List<ExceptionItem> checked = new ArrayList<>(rule.exceptions().size());
        for (ExceptionItem exception : rule.exceptions()) {
            checked.add(exceptionCheck.complete(exception, sourceOf(rule), label));
        }
        define(rules, rule.name(), rule.withExceptions(checked));
    }

    @Override
    public void append(RuleItem.Update update) {
        RuleItem old = existing(rules, "rule", update.name(), "append to", update.at()).item();
        String label = label("rule", update.name());
        refuseOtherSource(old, update.source(), update.at());
        if (update.isEmpty()) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_VALIDATE,
                    "append has neither condition nor exceptions",
                    update.at(),
                    label);
        }
        List<ExceptionItem> all = new ArrayList<>(old.exceptions());
        if (update.exceptions() != null) {
            for (ExceptionItem exception : update.exceptions()) {
                exceptionCheck.append(exception, all, sourceOf(old), label);
            }
        }
        change(old.extendedBy(update, all));
    }

    @Override
    public void replace(RuleItem.Update update) {
        RuleItem old = existing(rules, "rule", update.name(), "override", update.at()).item();
        refuseOtherSource(old, update.source(), update.at());
        RuleItem replaced = old.replacedBy(update);
        if (update.exceptions() != null) {
            // Falco completes exceptions only where they are defined or appended.
            replaced = replaced.withExceptions(exceptionCheck.defaults(update.exceptions()));
        }
        change(replaced);
    }

    @Override
    public void enable(String rule, boolean enabled, Place at) {
        Collected<RuleItem> old = existing(rules, "rule", rule, "enable or disable", at);
        RuleItem item = old.item();
        rules.put(
                rule,
                old.changed(
                        item.withSwitches(item.switches().withEnabled(enabled)), old.visibility()));
    }

    private static void refuseOtherSource(RuleItem old, @Nullable String source, Place at) {
        if (source != null && !source.equals(old.source())) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_VALIDATE,
                    "rule is for source '" + old.source() + "' and cannot be for '" + source + "'",
                    at,
                    label("rule", old.name()));
        }
    }

    private String sourceOf(RuleItem rule) {
        return knows(rule.source()) ? rule.source() : "";
    }

    private void change(RuleItem rule) {
        Collected<RuleItem> old = Objects.requireNonNull(rules.get(rule.name()));
        rules.put(rule.name(), old.changed(rule, next++));
    }

    private <T> void define(Map<String, Collected<T>> all, String name, T item) {
        Collected<T> old = all.get(name);
        all.put(name, old == null ? new Collected<>(item, next, next, 0) : old.changed(item, next));
        next++;
    }

    private static <T> Collected<T> existing(
            Map<String, Collected<T>> all, String kind, String name, String deed, Place at) {
        Collected<T> found = all.get(name);
        if (found == null) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_VALIDATE,
                    "no " + kind + " of that name to " + deed + Similar.hint(name, all.keySet()),
                    at,
                    label(kind, name));
        }
        if (found.isWornOut()) {
            throw new LoadException(
                    LoadCode.LOAD_ERR_VALIDATE,
                    "changed more than " + Collected.MAX_CHANGES + " times; write it anew",
                    at,
                    label(kind, name));
        }
        return found;
    }

    private static String label(String kind, String name) {
        return kind + " \"" + name + "\"";
    }
}
