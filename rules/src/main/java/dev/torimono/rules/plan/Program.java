// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.function.IntConsumer;

/**
 * The rules that can match one event type of one source, in order. What several of them demand is
 * evaluated first: each guard that fails strikes out all its rules at once. Holds scratch state.
 */
final class Program {
    private final int[] rules;
    private final int[] rulesets;
    private final Eval[] guards;

    /** Bits of the rules that need a guard, per guard. */
    private final long[][] guarded;

    /** What remains of each rule's condition once its guards hold. */
    private final Eval[] conditions;

    /** Rules not struck out yet, for the present event. */
    private final long[] live;

    Program(int[] rules, int[] rulesets, Eval[] guards, long[][] guarded, Eval[] conditions) {
        this.rules = rules;
        this.rulesets = rulesets;
        this.guards = guards;
        this.guarded = guarded;
        this.conditions = conditions;
        this.live = new long[(rules.length + 63) >> 6];
    }

    boolean isEmpty() {
        return rules.length == 0;
    }

    /** Hands over the position of each rule that holds; after the first of a ruleset if asked. */
    void run(Context context, boolean first, IntConsumer matched) {
        strikeOut(context);
        for (int word = 0; word < live.length; word++) {
            while (live[word] != 0) {
                int rule = (word << 6) + Long.numberOfTrailingZeros(live[word]);
                live[word] &= live[word] - 1;
                if (conditions[rule].test(context)) {
                    matched.accept(rules[rule]);
                    if (first) {
                        dropRuleset(rule);
                    }
                }
            }
        }
    }

    private void strikeOut(Context context) {
        int last = live.length - 1;
        for (int word = 0; word < last; word++) {
            live[word] = -1;
        }
        live[last] = -1L >>> -rules.length;
        for (int i = 0; i < guards.length; i++) {
            if (isNeeded(guarded[i]) && !guards[i].test(context)) {
                for (int word = 0; word <= last; word++) {
                    live[word] &= ~guarded[i][word];
                }
            }
        }
    }

    private boolean isNeeded(long[] by) {
        for (int word = 0; word < by.length; word++) {
            if ((live[word] & by[word]) != 0) {
                return true;
            }
        }
        return false;
    }

    private void dropRuleset(int matched) {
        for (int i = matched + 1; i < rules.length && rulesets[i] == rulesets[matched]; i++) {
            live[i >> 6] &= ~(1L << i);
        }
    }
}
