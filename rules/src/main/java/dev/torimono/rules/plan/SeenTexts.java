// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;
import java.util.Arrays;

/**
 * Texts that one field had lately, each at a place of its own: a host opens the same files and runs
 * the same programs again and again. Two places are open to a text; of these the one that was
 * filled earlier gives way. Holds copies, in one array that never grows.
 */
final class SeenTexts {
    /** How many places there are. */
    static final int PLACES = 512;

    /** Place of a text that is too long to be kept. */
    static final int TOO_LONG = -1;

    private static final int LONGEST = 128;

    private final byte[] bytes = new byte[PLACES * LONGEST];

    /** Per place, side by side: the text's length, and when it came, counted in fillings. */
    private final int[] places = new int[2 * PLACES];

    private int fillings;

    /** The place of a text, which is filled with it if it was not there. */
    int find(Value text) {
        int length = text.length();
        if (length > LONGEST) {
            return TOO_LONG;
        }
        byte[] of = text.bytes();
        int from = text.from();
        int first = (int) (Dictionary.hash(of, from, length) >>> 40) & (PLACES - 1);
        if (isAt(first, of, from, length)) {
            return first;
        }
        int second = first ^ 1;
        if (isAt(second, of, from, length)) {
            return second;
        }
        int place = filling(first) <= filling(second) ? first : second;
        System.arraycopy(of, from, bytes, place * LONGEST, length);
        places[2 * place] = length;
        places[2 * place + 1] = ++fillings;
        return place;
    }

    /** Changes whenever another text comes to a place; 0 before the first. */
    int filling(int place) {
        return places[2 * place + 1];
    }

    private boolean isAt(int place, byte[] of, int from, int length) {
        int at = place * LONGEST;
        return places[2 * place] == length
                && filling(place) != 0
                && Arrays.equals(bytes, at, at + length, of, from, from + length);
    }
}
