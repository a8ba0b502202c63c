// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;

/** The prefixes that a slot's value begins with, found once per event. */
final class PrefixSlot {
    private static final long[] NONE = new long[0];

    private final Slot slot;
    private final PrefixIndex index;
    private int epoch = -1;
    private long[] matched = NONE;

    PrefixSlot(Slot slot, PrefixIndex index) {
        this.slot = slot;
        this.index = index;
    }

    /** Bits of the prefixes found; no bits at all when the value is missing. */
    long[] matched(Context context) {
        int now = context.epoch();
        if (epoch != now) {
            epoch = now;
            if (slot.get(context)) {
                Value value = slot.value;
                matched = index.match(value.bytes(), value.from(), value.length());
            } else {
                matched = NONE;
            }
        }
        return matched;
    }
}
