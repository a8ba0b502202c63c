// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

/** Writes internet addresses as people read them. */
public final class Addresses {
    public static final int V4_BYTES = 4;
    public static final int V6_BYTES = 16;

    private Addresses() {}

    /** Appends an address of 4 or 16 bytes; v6 shortened as inet_ntop does. */
    public static Value append(Value value, byte[] address, int from, int width) {
        return width == V4_BYTES ? v4(value, address, from) : v6(value, address, from);
    }

    private static Value v4(Value value, byte[] address, int from) {
        for (int i = 0; i < V4_BYTES; i++) {
            if (i > 0) {
                value.append('.');
            }
            value.appendDecimal(Byte.toUnsignedInt(address[from + i]));
        }
        return value;
    }

    private static Value v6(Value value, byte[] address, int from) {
        int zeros = longestZeros(address, from);
        int start = zeros >>> 4;
        int end = start + (zeros & 15);
        if (start == 0 && (end == 6 || (end == 5 && group(address, from, 5) == 0xffff))) {
            value.append("::");
            if (end == 5) {
                value.append("ffff:");
            }
            return v4(value, address, from + 12);
        }
        for (int i = 0; i < 8; i++) {
            if (i == start && end > start) {
                value.append("::");
                i = end - 1;
            } else {
                if (i > 0 && i != end) {
                    value.append(':');
                }
                value.appendRadix(group(address, from, i), 4, false);
            }
        }
        return value;
    }

    /** First group of the longest run of zero groups in the high bits, its length in the low 4. */
    private static int longestZeros(byte[] address, int from) {
        int best = 8 << 4;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && group(address, from, end) == 0) {
                end++;
            }
            if (end - start >= 2 && end - start > (best & 15)) {
                best = start << 4 | end - start;
            }
        }
        return best;
    }

    private static int group(byte[] address, int from, int index) {
        int at = from + index * 2;
        return Byte.toUnsignedInt(address[at]) << 8 | Byte.toUnsignedInt(address[at + 1]);
    }
}
