// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import dev.torimono.rules.field.Value;
import org.jspecify.annotations.Nullable;

/** A slot's value looked up in its dictionary, once per event. */
final class DictionarySlot {
    private final Slot slot;
    private final Dictionary dictionary;
    private int epoch = -1;
    private int index;

    /** The text at the index, when it is the same as long as it is the same object. */
    private @Nullable Text last;

    DictionarySlot(Slot slot, Dictionary dictionary) {
        this.slot = slot;
        this.dictionary = dictionary;
    }

    /** Position in the dictionary; -1 when the value is missing. */
    int index(Context context) {
        int now = context.epoch();
        if (epoch != now) {
            epoch = now;
            look(context);
        }
        return index;
    }

    private void look(Context context) {
        if (!slot.get(context)) {
            index = -1;
            last = null;
        } else if (!isLast(slot.value.immutable())) {
            Value value = slot.value;
            index = dictionary.find(value.bytes(), value.from(), value.length());
            last = value.immutable();
        }
    }

    /** Events come in runs of one process, whose name need not be looked up each time. */
    @SuppressWarnings("ReferenceEquality") // equal texts that are two objects are looked up
    private boolean isLast(@Nullable Text text) {
        return text != null && text == last;
    }
}
