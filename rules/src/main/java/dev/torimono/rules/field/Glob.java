// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Text;

/**
 * A shell pattern as fnmatch has it without flags: {@code *}, {@code ?}, {@code [...]} and
 * backslash; a star crosses slashes. Matching is linear in the text for each star: only the last
 * star is ever taken back.
 */
public final class Glob {
    private final byte[] pattern;
    private final boolean ignoreCase;

    public Glob(Text pattern, boolean ignoreCase) {
        this.pattern = pattern.array();
        this.ignoreCase = ignoreCase;
    }

    /** Whether the pattern matches the whole text. */
    public boolean matches(byte[] text, int from, int length) {
        int end = from + length;
        int at = from;
        int p = 0;
        int starPattern = -1;
        int starText = 0;
        while (true) {
            if (p < pattern.length && pattern[p] == '*') {
                starPattern = ++p;
                starText = at;
            } else if (p == pattern.length ? at == end : at < end && one(p, text[at]) >= 0) {
                if (p == pattern.length) {
                    return true;
                }
                p = one(p, text[at]);
                at++;
            } else if (starPattern >= 0 && starText < end) {
                p = starPattern;
                at = ++starText;
            } else {
                return false;
            }
        }
    }

    /** Where the pattern goes on after matching one byte at a place; -1 when it does not match. */
    private int one(int p, byte b) {
        return switch (pattern[p]) {
            case '?' -> p + 1;
            case '[' -> {
                int close = closing(p);
                if (close < 0) {
                    yield same(pattern[p], b) ? p + 1 : -1;
                }
                yield inSet(p, close, b) ? close + 1 : -1;
            }
            case '\\' -> {
                int next = p + 1;
                yield next < pattern.length && same(pattern[next], b) ? next + 1 : -1;
            }
            default -> same(pattern[p], b) ? p + 1 : -1;
        };
    }

    private int closing(int open) {
        int p = open + 1;
        if (p < pattern.length && (pattern[p] == '!' || pattern[p] == '^')) {
            p++;
        }
        if (p < pattern.length && pattern[p] == ']') {
            p++;
        }
        while (p < pattern.length && pattern[p] != ']') {
            if (pattern[p] == '[' && p + 1 < pattern.length && pattern[p + 1] == ':') {
                int end = classEnd(p);
                p = end > 0 ? end : p;
            }
            p += pattern[p] == '\\' ? 2 : 1;
        }
        return p < pattern.length ? p : -1;
    }

    private int classEnd(int open) {
        for (int p = open + 2; p + 1 < pattern.length; p++) {
            if (pattern[p] == ':' && pattern[p + 1] == ']') {
                return p + 1;
            }
        }
        return -1;
    }

    private boolean inSet(int open, int close, byte b) {
        int p = open + 1;
        boolean negated = pattern[p] == '!' || pattern[p] == '^';
        if (negated) {
            p++;
        }
        boolean found = false;
        while (p < close) {
            if (pattern[p] == '[' && pattern[p + 1] == ':' && classEnd(p) > 0) {
                int end = classEnd(p);
                found |= inClass(new String(pattern, p + 2, end - p - 3, LATIN_1), b);
                p = end + 1;
                continue;
            }
            if (pattern[p] == '\\' && p + 1 < close) {
                p++;
            }
            byte low = pattern[p++];
            byte high = low;
            if (p + 1 < close && pattern[p] == '-') {
                p++;
                if (pattern[p] == '\\' && p + 1 < close) {
                    p++;
                }
                high = pattern[p++];
            }
            found |= inRange(low, high, b);
        }
        return found != negated;
    }

    private static final java.nio.charset.Charset LATIN_1 =
            java.nio.charset.StandardCharsets.ISO_8859_1;

    private boolean inRange(byte low, byte high, byte b) {
        int value = Byte.toUnsignedInt(b);
        int from = Byte.toUnsignedInt(low);
        int to = Byte.toUnsignedInt(high);
        if (value >= from && value <= to) {
            return true;
        }
        if (!ignoreCase) {
            return false;
        }
        int other = Byte.toUnsignedInt(otherCase(b));
        return other >= from && other <= to;
    }

    private static boolean inClass(String name, byte b) {
        int c = Byte.toUnsignedInt(b);
        boolean lower = c >= 'a' && c <= 'z';
        boolean upper = c >= 'A' && c <= 'Z';
        boolean digit = c >= '0' && c <= '9';
        return switch (name) {
            case "alpha" -> lower || upper;
            case "digit" -> digit;
            case "alnum" -> lower || upper || digit;
            case "lower" -> lower;
            case "upper" -> upper;
            case "space" -> c == ' ' || (c >= 9 && c <= 13);
            case "blank" -> c == ' ' || c == '\t';
            case "xdigit" -> Character.digit(c, 16) >= 0;
            case "punct" -> c > ' ' && c < 127 && !lower && !upper && !digit;
            case "print" -> c >= ' ' && c < 127;
            case "graph" -> c > ' ' && c < 127;
            case "cntrl" -> c < ' ' || c == 127;
            default -> false;
        };
    }

    private boolean same(byte a, byte b) {
        return a == b || (ignoreCase && otherCase(a) == b);
    }

    private static byte otherCase(byte b) {
        if (b >= 'a' && b <= 'z') {
            return (byte) (b - 32);
        }
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }
}
