// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

/** One step towards the rules of a block that hold: strikes out rules that cannot. */
abstract class Step {
    /** Bits of the rules that the step can strike out. */
    final long concerned;

    Step(long concerned) {
        this.concerned = concerned;
    }

    /** Bits of those live rules that the step does not strike out. */
    abstract long strike(Context context, long live);

    /** A part that several rules demand: when it fails, none of them holds. */
    static final class Guard extends Step {
        private final Eval demand;

        Guard(long concerned, Eval demand) {
            super(concerned);
            this.demand = demand;
        }

        @Override
        long strike(Context context, long live) {
            return demand.test(context) ? live : live & ~concerned;
        }
    }
}
