// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import java.util.function.IntConsumer;

/** The rules that can match one event type of one source, in order, in blocks. */
final class Program {
    private final int[] rules;
    private final int[] rulesets;
    private final Block[] blocks;

    Program(int[] rules, int[] rulesets, Block[] blocks) {
        this.rules = rules;
        this.rulesets = rulesets;
        this.blocks = blocks;
    }

    boolean isEmpty() {
        return blocks.length == 0;
    }

    /** Hands over the position of each rule that holds; after the first of a ruleset if asked. */
    void run(Context context, boolean first, IntConsumer matched) {
        int done = -1;
        int start = 0;
        for (Block block : blocks) {
            long live = block.candidates(context);
            while (live != 0) {
                int rule = Long.numberOfTrailingZeros(live);
                live &= live - 1;
                int ruleset = rulesets[start + rule];
                if (ruleset != done && block.holds(rule, context)) {
                    matched.accept(rules[start + rule]);
                    if (first) {
                        done = ruleset;
                    }
                }
            }
            start += block.size();
        }
    }
}
