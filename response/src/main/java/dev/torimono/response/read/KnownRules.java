// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.read;

import dev.torimono.rules.Rule;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules that policies can name, with their tags. */
public final class KnownRules {
    private final Map<String, List<String>> tagsByName = new LinkedHashMap<>();
    private final Set<String> tags = new HashSet<>();

    private KnownRules() {}

    public static KnownRules of(Collection<Rule> rules) {
        KnownRules known = new KnownRules();
        rules.forEach(rule -> known.add(rule.name(), rule.tags()));
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

    Set<String> names() {
        return tagsByName.keySet();
    }

    Set<String> tags() {
        return tags;
    }

    Map<String, List<String>> tagsByName() {
        return tagsByName;
    }
}
