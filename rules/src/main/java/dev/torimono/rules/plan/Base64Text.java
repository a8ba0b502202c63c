// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Value;

/** Decodes base64 without allocating. */
final class Base64Text {
    private Base64Text() {}

    /** Appends what the text decodes to; false when it is no base64. */
    static boolean decode(byte[] bytes, int from, int length, Value target) {
        int end = from + length;
        if (length % 4 != 0) {
            return false;
        }
        int padding = 0;
        while (padding < 2 && end > from && bytes[end - 1] == '=') {
            end--;
            padding++;
        }
        int bits = 0;
        int held = 0;
        for (int i = from; i < end; i++) {
            int digit = digit(bytes[i]);
            if (digit < 0) {
                return false;
            }
            bits = bits << 6 | digit;
            held += 6;
            if (held >= 8) {
                held -= 8;
                target.append((byte) (bits >> held));
            }
        }
        return true;
    }

    private static int digit(byte b) {
        if (b >= 'A' && b <= 'Z') {
            return b - 'A';
        }
        if (b >= 'a' && b <= 'z') {
            return b - 'a' + 26;
        }
        if (b >= '0' && b <= '9') {
            return b - '0' + 52;
        }
        return b == '+' ? 62 : b == '/' ? 63 : -1;
    }
}
