// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;

/** A slot's value looked up in its dictionary, once per event. */
final class DictionarySlot {
    private final Slot slot;
    private final Dictionary dictionary;
    private int epoch = -1;
    private int index;

    DictionarySlot(Slot slot, Dictionary dictionary) {
        this.slot = slot;
        this.dictionary = dictionary;
    }

    /** Position in the dictionary; -1 when the value is missing. */
    int index(Context context) {
        int now = context.epoch();
        if (epoch != now) {
            epoch = now;
            if (slot.get(context)) {
                Value value = slot.value;
                index = dictionary.find(value.bytes(), value.from(), value.length());
            } else {
                index = -1;
            }
        }
        return index;
    }
}
