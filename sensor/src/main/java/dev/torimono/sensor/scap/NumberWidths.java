// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records whose numbers have a width that no number has, so that readers of an event need
 * not expect one.
 */
final class NumberWidths {
    /** Per type, bit N set: parameter N is a number. */
    private static final long[] NUMERIC = numeric();

    /** Bit N set: a number may have N bytes; 0 is an absent one. */
    private static final int WIDTHS = 0b1_0001_0111;

    private NumberWidths() {}

    /** Null when all is well, else what is wrong. */
    static @Nullable String fault(Event event) {
        long mask = NUMERIC[event.type().code()];
        int count = event.paramCount();
        for (long bits = mask; bits != 0; bits &= bits - 1) {
            int param = Long.numberOfTrailingZeros(bits);
            if (param >= count) {
                return null;
            }
            int length = event.length(param);
            if (length > 8 || ((WIDTHS >> length) & 1) == 0) {
                return event.type()
                        + ": parameter "
                        + param
                        + " is a number of "
                        + length
                        + " bytes";
            }
        }
        return null;
    }

    private static long[] numeric() {
        long[] masks = new long[EventType.count()];
        for (EventType type : EventType.all()) {
            for (int i = 0; i < type.paramCount(); i++) {
                if (type.param(i).type().numeric()) {
                    masks[type.code()] |= 1L << i;
                }
            }
        }
        return masks;
    }
}
