// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.rules.Rule;
import dev.torimono.rules.Ruleset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two rulesets, after everything is resolved: a changed list shows up in each
 * rule that it changes.
 *
 * @param added rules only the second has
 * @param removed rules only the first has
 * @param changed rules that differ, with what differs
 */
public record RulesetDiff(List<String> added, List<String> removed, List<Change> changed) {
    /** One rule that differs. */
    public record Change(String rule, List<Difference> differences) {
        public Change {
            differences = List.copyOf(differences);
        }
    }

    /** One property that differs. */
    public record Difference(String what, String before, String after) {}

    public RulesetDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    public static RulesetDiff between(Ruleset before, Ruleset after) {
        List<String> added = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        Map<String, Rule> old = new LinkedHashMap<>();
        before.rules().forEach(rule -> old.put(rule.name(), rule));
        for (Rule rule : after.rules()) {
            Rule was = old.remove(rule.name());
            if (was == null) {
                added.add(rule.name());
            } else {
                List<Difference> differences = compare(properties(was), properties(rule));
                if (!differences.isEmpty()) {
                    changed.add(new Change(rule.name(), differences));
                }
            }
        }
        return new RulesetDiff(added, List.copyOf(old.keySet()), changed);
    }

    public boolean isEmpty() {
        return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
    }

    private static Map<String, String> properties(Rule rule) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("source", rule.source());
        properties.put("priority", rule.priority().label());
        properties.put("enabled", String.valueOf(rule.enabled()));
        properties.put("tags", String.join(", ", rule.tags()));
        properties.put("desc", rule.description().strip());
        properties.put("output", rule.template());
        properties.put(
                "condition",
                rule.dormant() ? rule.conditionText() : rule.resolvedCondition().toString());
        properties.put("capture", String.valueOf(rule.capture()));
        properties.put("capture_duration", String.valueOf(rule.captureDurationMs()));
        return properties;
    }

    private static List<Difference> compare(Map<String, String> before, Map<String, String> after) {
        List<Difference> differences = new ArrayList<>();
        before.forEach(
                (what, was) -> {
                    String is = after.getOrDefault(what, "");
                    if (!was.equals(is)) {
                        differences.add(new Difference(what, was, is));
                    }
                });
        return differences;
    }

    /** For people: {@code +} added, {@code -} removed, {@code ~} changed. */
    public String text() {
        StringBuilder out = new StringBuilder();
        removed.forEach(rule -> out.append("- ").append(rule).append('\n'));
        added.forEach(rule -> out.append("+ ").append(rule).append('\n'));
        for (Change change : changed) {
            out.append("~ ").append(change.rule).append('\n');
            for (Difference difference : change.differences) {
                out.append("    ").append(difference.what).append('\n');
                out.append("      - ").append(difference.before).append('\n');
                out.append("      + ").append(difference.after).append('\n');
            }
        }
        return out.toString();
    }

    /** For programs. */
    public String json() {
        JsonText json = new JsonText().open().member("added", added).member("removed", removed);
        json.key("changed")
                .array(
                        changed,
                        change -> {
                            json.open().member("rule", change.rule).key("differences");
                            json.array(
                                    change.differences,
                                    each ->
                                            json.open()
                                                    .member("what", each.what)
                                                    .member("before", each.before)
                                                    .member("after", each.after)
                                                    .close());
                            json.close();
                        });
        return json.close().toString();
    }
}
