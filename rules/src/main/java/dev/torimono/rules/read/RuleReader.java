// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import dev.torimono.model.Priority;
import dev.torimono.rules.LoadCode;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one {@code rule} item: a definition, an update of a rule before it, or a switch. */
final class RuleReader {
    private static final Set<String> APPENDABLE =
            Set.of("condition", "output", "desc", "tags", "exceptions");
    private static final Set<String> SWITCHES =
            Set.of(
                    "enabled",
                    "warn_evttypes",
                    "skip-if-unknown-filter",
                    "capture",
                    "capture_duration");
    private static final Set<String> REPLACEABLE = union(APPENDABLE, SWITCHES, Set.of("priority"));
    private static final Set<String> KNOWN =
            union(REPLACEABLE, Set.of("rule", "source", "append", "override"));

    private final Keys keys;
    private final String name;
    private final ItemSink sink;
    private final Diagnostics diagnostics;

    RuleReader(YamlNode.Mapping map, ItemSink sink, Diagnostics diagnostics) {
        this.name = new Keys(map, "rule").scalar("rule").text();
        this.keys = new Keys(map, ItemReader.label("rule", name));
        this.sink = sink;
        this.diagnostics = diagnostics;
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return Set.copyOf(all);
    }

    void read() {
        ItemReader.warnUnknownKeys(keys, KNOWN, diagnostics);
        boolean append = ItemReader.appendFlag(keys, diagnostics);
        Overrides overrides = new Overrides(keys, APPENDABLE, REPLACEABLE);
        ItemReader.refuseBoth(append, overrides, keys);
        if (overrides.any()) {
            override(overrides);
        } else if (append) {
            sink.append(
                    update(
                            keys.has("condition") ? passage("condition") : null,
                            keys.has("exceptions") ? exceptions(true) : null));
        } else if (!keys.has("condition")
                && !keys.has("output")
                && !keys.has("desc")
                && !keys.has("priority")) {
            toggle();
        } else {
            sink.define(definition());
        }
    }

    private void toggle() {
        boolean enabled = keys.bool("enabled");
        diagnostics.warn(
                LoadCode.LOAD_DEPRECATED_ITEM,
                "'enabled' alone is deprecated; add 'override: {enabled: replace}'",
                keys.at("enabled"),
                keys.item());
        sink.enable(name, enabled, keys.at());
    }

    private RuleItem definition() {
        Passage condition = passage("condition");
        Passage output = passage("output").strip();
        String description = keys.scalar("desc").text();
        keys.scalar("priority");
        Priority priority = priority();
        String source = keys.has("source") ? keys.scalar("source").text() : "syscall";
        RuleItem.Switches switches =
                new RuleItem.Switches(
                        keys.bool("enabled", true),
                        keys.bool("warn_evttypes", true),
                        keys.bool("skip-if-unknown-filter", false),
                        keys.bool("capture", false),
                        keys.unsigned("capture_duration", 0));
        SortedSet<String> tags = keys.has("tags") ? tags() : new TreeSet<>();
        return new RuleItem(
                name,
                description,
                priority,
                source,
                tags,
                output,
                condition,
                exceptions(false),
                switches,
                keys.at());
    }

    private void override(Overrides overrides) {
        if (overrides.appends()) {
            Passage condition = overrides.appends("condition") ? passage("condition") : null;
            List<ExceptionItem> exceptions =
                    overrides.appends("exceptions") ? exceptions(true) : null;
            sink.append(
                    new RuleItem.Update(
                            name,
                            condition,
                            exceptions,
                            overrides.appends("output") ? passage("output") : null,
                            overrides.appends("desc") ? passage("desc") : null,
                            overrides.appends("tags") ? tags() : null,
                            null,
                            null,
                            claimedSource(),
                            keys.at()));
        }
        if (overrides.replaces()) {
            Passage condition = overrides.replaces("condition") ? passage("condition") : null;
            List<ExceptionItem> exceptions =
                    overrides.replaces("exceptions") ? exceptions(false) : null;
            sink.replace(
                    new RuleItem.Update(
                            name,
                            condition,
                            exceptions,
                            overrides.replaces("output") ? passage("output") : null,
                            overrides.replaces("desc") ? passage("desc") : null,
                            overrides.replaces("tags") ? tags() : null,
                            overrides.replaces("priority") ? priority() : null,
                            switches(overrides),
                            claimedSource(),
                            keys.at()));
        }
        overrides.refuseUnclaimed();
    }

    private RuleItem.@Nullable SwitchUpdate switches(Overrides overrides) {
        Boolean enabled = replaced(overrides, "enabled");
        Boolean warn = replaced(overrides, "warn_evttypes");
        Boolean skip = replaced(overrides, "skip-if-unknown-filter");
        Boolean capture = replaced(overrides, "capture");
        Long duration =
                overrides.replaces("capture_duration")
                        ? Long.valueOf(keys.unsigned("capture_duration", 0))
                        : null;
        if (enabled == null
                && warn == null
                && skip == null
                && capture == null
                && duration == null) {
            return null;
        }
        return old ->
                new RuleItem.Switches(
                        enabled == null ? old.enabled() : enabled,
                        warn == null ? old.warnEvttypes() : warn,
                        skip == null ? old.skipIfUnknownFilter() : skip,
                        capture == null ? old.capture() : capture,
                        duration == null ? old.captureDurationMs() : duration);
    }

    private @Nullable Boolean replaced(Overrides overrides, String key) {
        return overrides.replaces(key) ? Boolean.valueOf(keys.bool(key)) : null;
    }

    private RuleItem.Update update(
            @Nullable Passage condition, @Nullable List<ExceptionItem> exceptions) {
        return new RuleItem.Update(
                name,
                condition,
                exceptions,
                null,
                null,
                null,
                null,
                null,
                claimedSource(),
                keys.at());
    }

    /** The source that an update names, though it cannot change it. */
    private @Nullable String claimedSource() {
        return keys.get("source") instanceof YamlNode.Scalar scalar && !scalar.text().isEmpty()
                ? scalar.text()
                : null;
    }

    private Passage passage(String key) {
        return Passage.of(keys.scalar(key));
    }

    private SortedSet<String> tags() {
        SortedSet<String> tags = new TreeSet<>();
        if (keys.has("tags")) {
            keys.scalars("tags").forEach(tag -> tags.add(tag.text()));
        }
        return tags;
    }

    private Priority priority() {
        YamlNode.Scalar scalar = keys.scalar("priority");
        Priority priority = Priority.parse(scalar.text());
        if (priority == null) {
            throw keys.invalid(
                    "unknown priority '"
                            + scalar.text()
                            + "'; use EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE, INFO or"
                            + " DEBUG",
                    scalar.at());
        }
        return priority;
    }

    private List<ExceptionItem> exceptions(boolean appending) {
        return new ExceptionReader(keys, appending, diagnostics).read();
    }
}
