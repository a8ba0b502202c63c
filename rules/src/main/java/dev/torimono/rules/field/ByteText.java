// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

/** Searching bytes. */
public final class ByteText {
    private ByteText() {}

    /** Whether a stretch of bytes contains others. */
    public static boolean contains(byte[] bytes, int from, int length, byte[] wanted) {
        int n = wanted.length;
        if (n == 0) {
            return true;
        }
        byte first = wanted[0];
        for (int at = from, last = from + length - n; at <= last; at++) {
            if (bytes[at] == first && matches(bytes, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] bytes, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    /** Position of the last such byte, or -1. */
    public static int lastIndex(byte[] bytes, int from, int length, char wanted) {
        for (int at = from + length - 1; at >= from; at--) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }
}
