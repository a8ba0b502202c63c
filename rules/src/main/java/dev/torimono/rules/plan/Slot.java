// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;

/** One source's value for the present event, read when first asked for. */
abstract class Slot {
    final Value value = new Value();
    private int epoch = -1;
    private boolean present;

    /** Whether the value is there; {@link #value} then holds it. */
    final boolean get(Context context) {
        int now = context.epoch();
        if (epoch != now) {
            epoch = now;
            present = fill(context);
        }
        return present;
    }

    abstract boolean fill(Context context);
}
