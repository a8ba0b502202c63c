// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.model.EventType;
import dev.torimono.rules.Rule;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.syntax.Expr;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that policies can name, with their tags. */
public final class KnownRules {
    private final Map<String, List<String>> tagsByName = new LinkedHashMap<>();
    private final Set<String> tags = new HashSet<>();
    private final Map<String, Rule> rules = new HashMap<>();
    private final Map<String, Boolean> ofExecs = new HashMap<>();

    private KnownRules() {}

    public static KnownRules of(Collection<Rule> rules) {
        KnownRules known = new KnownRules();
        for (Rule rule : rules) {
            known.add(rule.name(), rule.tags());
            known.rules.put(rule.name(), rule);
        }
        return known;
    }

    public static KnownRules named(Map<String, List<String>> rules) {
        KnownRules known = new KnownRules();
        rules.forEach(known::add);
        return known;
    }

    private void add(String name, List<String> ruleTags) {
        tagsByName.put(name, ruleTags);
        tags.addAll(ruleTags);
    }

    /** Whether a rule can hold for an exec, the one thing that can be prevented. */
    public boolean seesExec(String name, FieldCatalog catalog) {
        return ofExecs.computeIfAbsent(name, rule -> compiledSeesExec(rule, catalog));
    }

    private boolean compiledSeesExec(String name, FieldCatalog catalog) {
        Rule rule = rules.get(name);
        if (rule == null || rule.dormant()) {
            return true;
        }
        return new ConditionCompiler(catalog)
                .compile(rule.resolvedCondition(), rule.source()).eventTypes().stream()
                        .mapToObj(EventType::of)
                        .anyMatch(type -> type != null && type.name().startsWith("execve"));
    }

    Set<String> names() {
        return tagsByName.keySet();
    }

    Set<String> tags() {
        return tags;
    }

    /** The condition of a rule; null when it is not known, or never holds. */
    public @Nullable Expr condition(String name) {
        Rule rule = rules.get(name);
        return rule == null ? null : rule.condition();
    }

    public Map<String, List<String>> tagsByName() {
        return tagsByName;
    }
}
