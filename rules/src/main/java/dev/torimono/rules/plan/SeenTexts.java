// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;
import java.util.Arrays;

/**
 * Texts that one field had lately, each at a place of its own: a host opens the same files and runs
 * the same programs again and again. Two places are open to a text; of these the one that was
 * filled earlier gives way. Holds copies, in one array that never grows.
 *
 * <p>A kind comes with each text; equal texts of different kinds have different places.
 */
final class SeenTexts {
    /** Place of a text that is too long to be kept. */
    static final int TOO_LONG = -1;

    private static final int LONGEST = 128;

    /** Which bits above the length hold the kind. */
    private static final int KIND = 8;

    private final byte[] bytes;

    /** Per place, side by side: the text's length and kind, and when it came, in fillings. */
    private final int[] places;

    private final int mask;
    private int fillings;

    /**
     * With nothing seen yet.
     *
     * @param count how many places; a power of two
     */
    SeenTexts(int count) {
        bytes = new byte[count * LONGEST];
        places = new int[2 * count];
        mask = count - 1;
    }

    /** The place of a text, which is filled with it if it was not there. */
    int find(Value text, int kind) {
        int length = text.length();
        if (length > LONGEST) {
            return TOO_LONG;
        }
        byte[] of = text.bytes();
        int from = text.from();
        int first = ((int) (Dictionary.hash(of, from, length) >>> 40) + kind) & mask;
        int key = kind << KIND | length;
        if (isAt(first, key, of, from, length)) {
            return first;
        }
        int second = first ^ 1;
        if (isAt(second, key, of, from, length)) {
            return second;
        }
        int place = filling(first) <= filling(second) ? first : second;
        System.arraycopy(of, from, bytes, place * LONGEST, length);
        places[2 * place] = key;
        places[2 * place + 1] = ++fillings;
        return place;
    }

    /** Changes whenever another text comes to a place; 0 before the first. */
    int filling(int place) {
        return places[2 * place + 1];
    }

    private boolean isAt(int place, int key, byte[] of, int from, int length) {
        int at = place * LONGEST;
        return places[2 * place] == key
                && filling(place) != 0
                && Arrays.equals(bytes, at, at + length, of, from, from + length);
    }
}
