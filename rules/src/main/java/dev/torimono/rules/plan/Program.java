// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

/** The rules that can match one event type of one source, in order. */
final class Program {
    static final Program EMPTY = new Program(new int[0], new int[0], new Eval[0]);

    final int[] rules;
    final int[] rulesets;
    final Eval[] conditions;

    Program(int[] rules, int[] rulesets, Eval[] conditions) {
        this.rules = rules;
        this.rulesets = rulesets;
        this.conditions = conditions;
    }
}
