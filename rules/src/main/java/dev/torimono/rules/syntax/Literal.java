// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import dev.torimono.rules.RuleException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Values as written in conditions. Conditions compare bytes, which {@code \xHH} can write freely: a
 * byte that is no part of valid UTF-8 stands in a String as the lone surrogate U+DC00 + byte, and
 * {@link #bytes} gives it back.
 */
public final class Literal {
    private static final char RAW = 0xDC00;

    private Literal() {}

    /** The bytes that a value stands for. */
    public static byte[] bytes(String text) {
        if (!hasRaw(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isRaw(text, i)) {
                out.writeBytes(text.substring(from, i).getBytes(StandardCharsets.UTF_8));
                out.write(text.charAt(i) - RAW);
                from = i + 1;
            }
        }
        out.writeBytes(text.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** For people and JSON: bytes that are no UTF-8 become U+FFFD. */
    public static String printable(String text) {
        return hasRaw(text) ? new String(bytes(text), StandardCharsets.UTF_8) : text;
    }

    private static boolean hasRaw(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isRaw(text, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRaw(String text, int index) {
        char c = text.charAt(index);
        return c >= RAW + 0x80
                && c <= RAW + 0xFF
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /**
     * Takes the escapes out of what stands between quotes.
     *
     * @param quote the quote it stands between
     * @param at where it starts, for positions
     */
    static String unescape(String body, char quote, int at) {
        int i = body.indexOf('\\');
        if (i < 0) {
            return body;
        }
        StringBuilder out = new StringBuilder(body.length());
        int from = 0;
        while (i >= 0 && i + 1 < body.length()) {
            out.append(body, from, i);
            char escaped = body.charAt(i + 1);
            if (escaped == 'x') {
                out.append(hex(body, i + 1, at));
                from = i + 4;
            } else {
                out.append(simple(escaped, quote, at + i + 1));
                from = i + 2;
            }
            i = body.indexOf('\\', from);
        }
        return out.append(body, from, i < 0 ? body.length() : i).toString();
    }

    private static char simple(char escaped, char quote, int at) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '/' -> '/';
            // Rules of old wrote a backslash before a blank and meant a backslash.
            case '\\', ' ' -> '\\';
            case '"', '\'' -> {
                if (escaped != quote) {
                    throw bad("\\" + escaped + " inside " + quote + " quotes: write it plain", at);
                }
                yield escaped;
            }
            default ->
                    throw bad(
                            "unknown escape \\"
                                    + escaped
                                    + ": known are \\b \\f \\n \\r \\t \\\\ \\/ \\xHH and the quote",
                            at);
        };
    }

    private static char hex(String body, int at, int base) {
        if (at + 2 >= body.length()) {
            throw bad("truncated \\x escape: two hex digits must follow", base + at);
        }
        int high = Character.digit(body.charAt(at + 1), 16);
        int low = Character.digit(body.charAt(at + 2), 16);
        if (high < 0 || low < 0 || body.charAt(at + 1) > 'f' || body.charAt(at + 2) > 'f') {
            throw bad("\\x escape without two hex digits", base + at);
        }
        int value = high << 4 | low;
        return (char) (value < 0x80 ? value : RAW + value);
    }

    private static RuleException bad(String message, int at) {
        return new RuleException(RuleException.Kind.SYNTAX, message, new Span(at - 1, at + 1));
    }

    /** As conditions print values: quoted where it would not read back bare. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        boolean needed = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String escape =
                    switch (c) {
                        case '\b' -> "\\b";
                        case '\f' -> "\\f";
                        case '\n' -> "\\n";
                        case '\r' -> "\\r";
                        case '\t' -> "\\t";
                        case '\\' -> "\\\\";
                        case '"' -> "\\\"";
                        default -> "";
                    };
            needed |= !escape.isEmpty() || c <= ' ' || c == '\'' || c == '=';
            if (escape.isEmpty()) {
                out.append(c);
            } else {
                out.append(escape);
            }
        }
        return needed ? out.append('"').toString() : text;
    }
}
