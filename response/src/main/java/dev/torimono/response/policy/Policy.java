// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import dev.torimono.response.drift.DriftRule;
import dev.torimono.response.scope.Scope;
import dev.torimono.rules.Position;
import java.util.List;

/**
 * Binds rules (or drift, or malware) to a scope, a severity, actions and channels.
 *
 * @param name its name, unique among all
 * @param description what it is for
 * @param type what it judges
 * @param severity 0 (most severe) to 7
 * @param enabled whether it takes part
 * @param mode whether its actions are done or only counted
 * @param scope where it holds
 * @param rules which rules, of a workload policy
 * @param actions what it asks for beyond the alert
 * @param channels notification channels by name
 * @param runbook where to read what to do; empty when there is none
 * @param exemptions what it does not apply to
 * @param limits how much it may do
 * @param drift what a drift policy judges; {@link DriftRule#NONE} of others
 * @param malware what a malware policy looks for; empty of others
 * @param managed whether it is shipped with the program
 * @param position where it was written
 */
public record Policy(
        String name,
        String description,
        PolicyType type,
        int severity,
        boolean enabled,
        Mode mode,
        Scope scope,
        List<RuleChoice> rules,
        Actions actions,
        List<String> channels,
        String runbook,
        List<Exemption> exemptions,
        Limits limits,
        DriftRule drift,
        MalwareRule malware,
        boolean managed,
        Position position) {
    public Policy {
        rules = List.copyOf(rules);
        channels = List.copyOf(channels);
        exemptions = List.copyOf(exemptions);
    }

    /** Whether it takes a rule: chosen by some line, switched off by none. */
    public boolean takes(String rule, List<String> tags) {
        boolean chosen = false;
        for (RuleChoice choice : rules) {
            if (choice.matches(rule, tags)) {
                if (!choice.enabled()) {
                    return false;
                }
                chosen = true;
            }
        }
        return chosen;
    }

    /** {@code high} (0–3), {@code medium} (4–5), {@code low} (6) or {@code info} (7). */
    public String severityLabel() {
        return severityLabel(severity);
    }

    /** The same of a number. */
    public static String severityLabel(int severity) {
        return severity <= 3 ? "high" : severity <= 5 ? "medium" : severity == 6 ? "low" : "info";
    }
}
