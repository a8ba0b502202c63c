// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

/** The text that a JSON reader reads, and where each of its characters stands in the file. */
final class Places {
    private static final int[] NONE = {};

    private final String text;
    private final int base;
    private final int[] map;

    private Places(String text, int base, int[] map) {
        this.text = text;
        this.base = base;
        this.map = map;
    }

    String text() {
        return text;
    }

    /** A text that stands in the file as it is. */
    static Places plain(String text, int base) {
        return new Places(text, base, NONE);
    }

    int of(int offset) {
        return map.length == 0 ? base + offset : map[Math.min(offset, map.length - 1)];
    }

    boolean escaped() {
        return map.length > 0;
    }

    /**
     * What stands between the quotes of a JSON or HCL string, decoded.
     *
     * @param from behind the opening quote
     * @param to at the closing one
     */
    static Places unescaped(String file, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int[] map = new int[to - from + 1];
        int at = from;
        while (at < to) {
            map[text.length()] = at;
            char c = file.charAt(at);
            if (c != '\\' || at + 1 >= to) {
                text.append(c);
                at++;
                continue;
            }
            char escape = file.charAt(at + 1);
            boolean unicode = escape == 'u' && at + 6 <= to;
            text.append(unicode ? unicode(file, at + 2) : simple(escape));
            at += unicode ? 6 : 2;
        }
        map[text.length()] = to;
        return new Places(text.toString(), 0, java.util.Arrays.copyOf(map, text.length() + 1));
    }

    static char unicode(String text, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return '\uFFFD';
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    static char simple(char escape) {
        return switch (escape) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escape;
        };
    }
}
