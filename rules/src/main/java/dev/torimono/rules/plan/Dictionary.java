// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Finds byte strings among those that the rules compare one field with. One lookup answers every
 * set that any rule tests the field against. Open addressing, filled once, at most half full.
 */
final class Dictionary {
    /** Position of what is not in the dictionary. */
    static final int UNKNOWN = 0;

    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final Text[] texts;
    private final int[] table;
    private final int shift;

    /** A bit per length that some text has; the last stands for all longer ones. */
    private final long lengths;

    /** Texts must differ; the first has position 1. */
    Dictionary(List<Text> distinct) {
        int bits = 32 - Integer.numberOfLeadingZeros(Math.max(distinct.size(), 4)) + 1;
        texts = new Text[distinct.size() + 1];
        texts[0] = Text.EMPTY;
        table = new int[1 << bits];
        shift = 64 - bits;
        long present = 0;
        for (int i = 0; i < distinct.size(); i++) {
            Text text = distinct.get(i);
            texts[i + 1] = text;
            present |= lengthBit(text.length());
            int at = place(text.array(), 0, text.length());
            while (table[at] != 0) {
                at = (at + 1) & (table.length - 1);
            }
            table[at] = i + 1;
        }
        lengths = present;
    }

    private static long lengthBit(int length) {
        return 1L << Math.min(length, 63);
    }

    /** Position of a byte string. */
    int find(byte[] bytes, int from, int length) {
        if ((lengths & lengthBit(length)) == 0) {
            return UNKNOWN;
        }
        int at = place(bytes, from, length);
        while (true) {
            int index = table[at];
            if (index == 0 || texts[index].equalTo(bytes, from, length)) {
                return index;
            }
            at = (at + 1) & (table.length - 1);
        }
    }

    /** Where the search begins. */
    private int place(byte[] bytes, int from, int length) {
        return (int) (hash(bytes, from, length) >>> shift);
    }

    /** A hash whose high bits are good, of eight bytes at a time. */
    static long hash(byte[] bytes, int from, int length) {
        long hash = length;
        int at = from;
        for (int end = from + length - 8; at <= end; at += 8) {
            hash = (hash ^ (long) LONG.get(bytes, at)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        long rest = 0;
        for (int end = from + length; at < end; at++) {
            rest = rest << 8 | Byte.toUnsignedLong(bytes[at]);
        }
        return (hash ^ rest) * MULTIPLIER;
    }
}
