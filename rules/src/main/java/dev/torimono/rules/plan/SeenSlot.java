// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/** Where a slot's text was seen before, looked up once per event. */
final class SeenSlot {
    /** Programs, users and such have few names, and a host opens some thousand files. */
    private static final int FEW = 512;

    private static final int MANY = 4096;

    private final Slot slot;
    private final boolean fdName;

    /** Place of a missing value; below it those of {@link SeenTexts}. */
    private final int missing;

    /** Place that every text takes which is too long: what was found for it holds for no other. */
    private final int unkept;

    private @Nullable SeenTexts texts;
    private int epoch = -1;
    private int place;
    private int filling = 1;

    /** The text at the place, when it is the same as long as it is the same object. */
    private @Nullable Text last;

    SeenSlot(Slot slot, boolean fdName) {
        this.slot = slot;
        this.fdName = fdName;
        missing = fdName ? MANY : FEW;
        unkept = missing + 1;
        place = missing;
    }

    /** How many places there are. */
    int places() {
        return unkept + 1;
    }

    /** The place of the present value. */
    int place(Context context) {
        int now = context.epoch();
        if (epoch != now) {
            epoch = now;
            look(context);
        }
        return place;
    }

    /** What stamps the present value's place; another value there has another stamp. */
    int filling() {
        return filling;
    }

    private void look(Context context) {
        if (!slot.get(context)) {
            last = null;
            place = missing;
            filling = 1;
        } else if (fdName || !isLast(slot.value.immutable())) {
            find(context);
        }
    }

    /** Events come in runs of one process, whose name need not be looked up each time. */
    @SuppressWarnings("ReferenceEquality") // equal texts that are two objects are looked up
    private boolean isLast(@Nullable Text text) {
        return text != null && text == last;
    }

    private void find(Context context) {
        SeenTexts seen = texts;
        if (seen == null) {
            seen = new SeenTexts(missing);
            texts = seen;
        }
        int found = seen.find(slot.value, fdName ? FdName.kind(context) : 0);
        if (found == SeenTexts.TOO_LONG) {
            last = null;
            place = unkept;
            filling = context.epoch();
        } else {
            // Nothing else fills places, so this one holds the text until the next find.
            last = slot.value.immutable();
            place = found;
            filling = seen.filling(found);
        }
    }
}
