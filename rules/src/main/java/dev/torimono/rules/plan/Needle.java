// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import java.util.Arrays;

/**
 * A text to be found inside others (Horspool's search: the byte under the needle's end says how far
 * to move it, so that most bytes are never looked at).
 */
final class Needle {
    /** As a step must fit a byte, needles longer than this are moved in smaller steps. */
    private static final int LONGEST_STEP = Byte.MAX_VALUE;

    private final byte[] wanted;
    private final boolean ignoreCase;
    private final byte[] steps = new byte[256];

    /**
     * For one text.
     *
     * @param ignoreCase whether letters of ASCII match in either case
     */
    Needle(Text text, boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
        this.wanted = Arrays.copyOfRange(text.array(), 0, text.length());
        int n = wanted.length;
        Arrays.fill(steps, (byte) Math.min(Math.max(n, 1), LONGEST_STEP));
        for (int i = 0; i < n; i++) {
            if (ignoreCase) {
                wanted[i] = (byte) lower(wanted[i]);
            }
            if (i < n - 1) {
                byte step = (byte) Math.min(n - 1 - i, LONGEST_STEP);
                steps[Byte.toUnsignedInt(wanted[i])] = step;
                if (ignoreCase && wanted[i] >= 'a' && wanted[i] <= 'z') {
                    steps[wanted[i] - 'a' + 'A'] = step;
                }
            }
        }
    }

    /** Whether a stretch of bytes contains the text. */
    boolean isIn(byte[] bytes, int from, int length) {
        int n = wanted.length;
        if (n == 0) {
            return true;
        }
        int last = from + length - 1;
        for (int end = from + n - 1; end <= last; ) {
            byte b = bytes[end];
            if ((ignoreCase ? lower(b) : b) == wanted[n - 1] && endsAt(bytes, end)) {
                return true;
            }
            end += steps[Byte.toUnsignedInt(b)];
        }
        return false;
    }

    private boolean endsAt(byte[] bytes, int end) {
        int start = end - wanted.length + 1;
        for (int i = wanted.length - 2; i >= 0; i--) {
            byte b = bytes[start + i];
            if ((ignoreCase ? lower(b) : b) != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte b) {
        return b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
}
