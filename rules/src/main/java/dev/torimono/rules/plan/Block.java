// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

/** Up to 64 successive rules of a program, so that one word has a bit for each. */
final class Block {
    static final int RULES = Long.SIZE;

    private final long all;
    private final Step[] steps;

    /** The rules that each step concerns, side by side: most steps are passed over. */
    private final long[] concerned;

    /** What each rule demands beside the steps. */
    private final Eval[] conditions;

    Block(Step[] steps, Eval[] conditions) {
        this.all = -1L >>> -conditions.length;
        this.steps = steps;
        this.conditions = conditions;
        concerned = new long[steps.length];
        for (int i = 0; i < steps.length; i++) {
            concerned[i] = steps[i].concerned;
        }
    }

    int size() {
        return conditions.length;
    }

    /** Bits of the rules that the steps leave; they hold when their conditions do, too. */
    long candidates(Context context) {
        long live = all;
        for (int i = 0; i < concerned.length; i++) {
            if ((live & concerned[i]) != 0) {
                live = steps[i].strike(context, live);
            }
        }
        return live;
    }

    /** Whether a candidate holds. */
    boolean holds(int rule, Context context) {
        return conditions[rule].test(context);
    }
}
