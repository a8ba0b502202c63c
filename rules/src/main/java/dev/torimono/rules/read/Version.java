// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.read;

import org.jspecify.annotations.Nullable;

/** A version of three numbers. */
public record Version(long major, long minor, long patch) {
    private static final int DIGITS = 9;

    /** Reads {@code 1.2.3}, whatever follows; null when it does not start so. */
    public static @Nullable Version parse(String text) {
        long[] numbers = new long[3];
        int at = 0;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        for (int i = 0; i < numbers.length; i++) {
            int end = at;
            while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                end++;
            }
            boolean dotted = i == 2 || text.startsWith(".", end);
            if (end == at || end - at > DIGITS || !dotted) {
                return null;
            }
            numbers[i] = Long.parseLong(text, at, end, 10);
            at = end + 1;
        }
        return new Version(numbers[0], numbers[1], numbers[2]);
    }

    /** Whether this can stand in where another is required: same major, not older. */
    public boolean serves(Version required) {
        return major == required.major
                && (minor > required.minor || (minor == required.minor && patch >= required.patch));
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
