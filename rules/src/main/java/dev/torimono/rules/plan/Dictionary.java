// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import java.util.List;

/**
 * Finds byte strings among those that the rules compare one field with. One lookup answers every
 * set that any rule tests the field against. Open addressing, filled once, at most half full.
 */
final class Dictionary {
    /** Position of what is not in the dictionary. */
    static final int UNKNOWN = 0;

    private final Text[] texts;
    private final int[] table;
    private final int mask;
    private final int maxLength;

    /** Texts must differ; the first has position 1. */
    Dictionary(List<Text> distinct) {
        int size = Integer.highestOneBit(Math.max(distinct.size(), 4)) * 4;
        texts = new Text[distinct.size() + 1];
        table = new int[size];
        mask = size - 1;
        int longest = 0;
        for (int i = 0; i < distinct.size(); i++) {
            Text text = distinct.get(i);
            texts[i + 1] = text;
            longest = Math.max(longest, text.length());
            int at = slot(text.hashCode());
            while (table[at] != 0) {
                at = at + 1 & mask;
            }
            table[at] = i + 1;
        }
        maxLength = longest;
    }

    int size() {
        return texts.length;
    }

    /** Position of a byte string. */
    int find(byte[] bytes, int from, int length) {
        if (length > maxLength) {
            return UNKNOWN;
        }
        int at = slot(Text.hash(bytes, from, length));
        while (true) {
            int index = table[at];
            if (index == 0 || texts[index].equalTo(bytes, from, length)) {
                return index;
            }
            at = at + 1 & mask;
        }
    }

    private int slot(int hash) {
        return (((hash ^ (hash >>> 16)) * 0x9E3779B1) >>> 16) & mask;
    }
}
