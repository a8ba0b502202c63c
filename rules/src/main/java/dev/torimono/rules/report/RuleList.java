// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.rules.Rule;
import dev.torimono.rules.Ruleset;
import java.util.List;
import java.util.Locale;

/** Lists the rules of a ruleset, in order of evaluation. */
public final class RuleList {
    private RuleList() {}

    /** A table for people. */
    public static String text(Ruleset ruleset) {
        List<Rule> rules = ruleset.rules();
        int width = rules.stream().mapToInt(rule -> rule.name().length()).max().orElse(4);
        StringBuilder out = new StringBuilder();
        String format = "%-" + width + "s  %-13s  %-8s  %-10s  %s%n";
        out.append(
                String.format(Locale.ROOT, format, "RULE", "PRIORITY", "STATE", "SOURCE", "TAGS"));
        for (Rule rule : rules) {
            out.append(
                    String.format(
                            Locale.ROOT,
                            format,
                            rule.name(),
                            rule.priority().label(),
                            state(rule),
                            rule.source(),
                            String.join(" ", rule.tags())));
        }
        return out.toString();
    }

    /** An array of objects for programs. */
    public static String json(Ruleset ruleset) {
        JsonText json = new JsonText();
        json.array(
                ruleset.rules(),
                rule ->
                        json.open()
                                .member("rule", rule.name())
                                .member("desc", rule.description())
                                .member("priority", rule.priority().label())
                                .member("state", state(rule))
                                .member("source", rule.source())
                                .member("tags", rule.tags())
                                .member("file", rule.position().file())
                                .member("line", rule.position().line())
                                .close());
        return json.toString();
    }

    private static String state(Rule rule) {
        return rule.dormant() ? "inactive" : rule.enabled() ? "enabled" : "disabled";
    }
}
