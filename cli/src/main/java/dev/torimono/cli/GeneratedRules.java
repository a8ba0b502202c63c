// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.Rulebook;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.model.Priority;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Rule;
import dev.torimono.rules.Selection;
import java.util.List;

/**
 * The rules that are tried, and a configuration in which each can be seen.
 *
 * @param names in load order
 * @param config with every one of them in force, and none hidden by another
 */
record GeneratedRules(List<String> names, AgentConfig config) {
    GeneratedRules {
        names = List.copyOf(names);
    }

    /**
     * Those of the configured rules that a wildcard names; all without one.
     *
     * @param enable whether rules that are off by default count too
     */
    static GeneratedRules of(AgentConfig given, List<String> wildcards, boolean enable) {
        AgentConfig.Rules rules = given.rules();
        List<String> names =
                new Rulebook(rules)
                        .load().ruleset().rules().stream()
                                .filter(rule -> !rule.dormant() && (enable || rule.enabled()))
                                .filter(rule -> rule.source().equals("syscall"))
                                .filter(rule -> named(rule, wildcards))
                                .map(Rule::name)
                                .toList();
        Selection selection = rules.selection();
        for (String name : names) {
            selection = selection.enableNamed(name);
        }
        AgentConfig.Rules all =
                new AgentConfig.Rules(
                        rules.files(),
                        MatchStrategy.ALL,
                        Priority.DEBUG,
                        selection,
                        false,
                        rules.extraOutputs());
        return new GeneratedRules(names, given.with(all));
    }

    private static boolean named(Rule rule, List<String> wildcards) {
        return wildcards.isEmpty()
                || wildcards.stream().anyMatch(w -> new Selection.ByName(true, w).concerns(rule));
    }
}
