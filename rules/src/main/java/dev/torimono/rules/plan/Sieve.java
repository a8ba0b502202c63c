// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import org.jspecify.annotations.Nullable;

/**
 * Strikes out rules by the text of one field alone. What each rule demands of that text is
 * evaluated once per text and remembered as one bit, so that a text seen before costs one lookup
 * and one mask however many rules look at it, and however they do.
 */
final class Sieve extends Step {
    private final SeenSlot slot;
    private final @Nullable Eval[] demands;

    /**
     * A row per place: whose text it is for, the rules whose demand on it is known, those whose
     * demand it fails. Made when first needed: most event types never occur.
     */
    private long[] rows = NONE;

    private static final long[] NONE = new long[0];

    /**
     * Length of a row: the stamp of its text, then the rules. Four longs never lie in three lines.
     */
    private static final int WIDTH = 4;

    /**
     * Over one field.
     *
     * @param demands what each rule demands of the text; null where it demands nothing
     */
    Sieve(long concerned, SeenSlot slot, @Nullable Eval[] demands) {
        super(concerned);
        this.slot = slot;
        this.demands = demands;
    }

    @Override
    long strike(Context context, long live) {
        int row = slot.place(context) * WIDTH;
        int filling = slot.filling();
        long[] all = rows;
        if (all.length == 0) {
            all = new long[slot.places() * WIDTH];
            rows = all;
        }
        if (all[row] != filling) {
            all[row] = filling;
            all[row + 1] = 0;
            all[row + 2] = 0;
        }
        long unknown = live & concerned & ~all[row + 1];
        if (unknown != 0) {
            all[row + 1] |= unknown;
            all[row + 2] |= failing(context, unknown);
        }
        return live & ~all[row + 2];
    }

    private long failing(Context context, long unknown) {
        long failing = 0;
        for (long rest = unknown; rest != 0; rest &= rest - 1) {
            Eval demand = demands[Long.numberOfTrailingZeros(rest)];
            if (demand != null && !demand.test(context)) {
                failing |= rest & -rest;
            }
        }
        return failing;
    }
}
