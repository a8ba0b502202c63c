// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

/** The rules that can match one event type of one source, in order. */
final class Program {
    final int[] rules;
    final Eval[] conditions;
    private final int[] rulesets;

    Program(int[] rules, int[] rulesets, Eval[] conditions) {
        this.rules = rules;
        this.rulesets = rulesets;
        this.conditions = conditions;
    }

    /** The last rule of the ruleset that a rule belongs to. */
    int endOfRuleset(int at) {
        int last = at;
        while (last + 1 < rulesets.length && rulesets[last + 1] == rulesets[at]) {
            last++;
        }
        return last;
    }
}
