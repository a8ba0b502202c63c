// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import dev.torimono.rules.RuleException;

/** A place in a condition's text, how deep the parser is there, and the tokens it can take. */
final class Cursor {
    private final String text;
    private final int maxDepth;
    private final int base;
    private int at;
    private int depth;
    private String token = "";

    Cursor(String text, int maxDepth, int base) {
        this.text = text;
        this.maxDepth = maxDepth;
        this.base = base;
    }

    /** One step deeper. */
    void enter() {
        if (++depth >= maxDepth) {
            throw error("nested too deep: the limit is " + maxDepth + " steps");
        }
    }

    void leave() {
        depth--;
    }

    /** From there to here. */
    Span span(int start) {
        return new Span(base + start, base + at);
    }

    RuleException unexpected(String expected) {
        return error("expected " + expected + " but found " + here());
    }

    private RuleException error(String message) {
        return new RuleException(
                RuleException.Kind.SYNTAX, message, new Span(base + at, base + at + 1));
    }

    int at() {
        return at;
    }

    void back(int to) {
        at = to;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** The token taken last. */
    String token() {
        return token;
    }

    private String here() {
        int end = at;
        while (end < text.length() && end - at < 20 && !isSpace(text.charAt(end))) {
            end++;
        }
        return atEnd() ? "the end" : "'" + text.substring(at, end == at ? at + 1 : end) + "'";
    }

    /** Skips blanks; a backspace is one. */
    boolean blank() {
        int from = at;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at > from;
    }

    boolean take(String literal) {
        return text.startsWith(literal, at) && takeTo(at + literal.length());
    }

    /** A word with blanks after it, which are taken too. */
    boolean takeSpaced(String word) {
        int end = at + word.length();
        if (!text.startsWith(word, at) || end == text.length() || !isSpace(text.charAt(end))) {
            return false;
        }
        takeTo(end);
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return true;
    }

    /** Letters, then letters, digits and underscores. */
    boolean identifier() {
        int end = identifierEnd(at);
        return end > at && takeTo(end);
    }

    /** At least two identifiers joined by dots. */
    boolean fieldName() {
        int end = identifierEnd(at);
        if (end == at) {
            return false;
        }
        int last = end;
        while (last < text.length() && text.charAt(last) == '.') {
            int next = identifierEnd(last + 1);
            if (next == last + 1) {
                break;
            }
            last = next;
        }
        return last > end && takeTo(last);
    }

    private int identifierEnd(int from) {
        int end = from;
        if (end >= text.length() || !isLetter(text.charAt(end))) {
            return from;
        }
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Everything up to a blank, quote, parenthesis, comma or equals sign. */
    boolean bare() {
        return bare("()\"'=,");
    }

    /** Everything up to a blank, quote or bracket. */
    boolean bareArgument() {
        return bare("[]\"'");
    }

    private boolean bare(String stops) {
        int end = at;
        while (end < text.length()
                && !isSpace(text.charAt(end))
                && stops.indexOf(text.charAt(end)) < 0
                && text.charAt(end) != 0) {
            end++;
        }
        return end > at && takeTo(end);
    }

    /**
     * Text between quotes. It ends at the first quote with no backslash right before it, even when
     * that backslash is escaped itself.
     */
    boolean quoted() {
        if (atEnd() || (text.charAt(at) != '"' && text.charAt(at) != '\'')) {
            return false;
        }
        char quote = text.charAt(at);
        for (int i = at + 1; i < text.length() && text.charAt(i) != 0; i++) {
            if (text.charAt(i) == quote && text.charAt(i - 1) != '\\') {
                String body = text.substring(at + 1, i);
                int start = base + at + 1;
                at = i + 1;
                token = Literal.unescape(body, quote, start);
                return true;
            }
        }
        return false;
    }

    /** A hexadecimal number, or a decimal one with fraction and signed exponent. */
    boolean number() {
        int end = hexEnd();
        if (end == at) {
            end = decimalEnd();
        }
        return end > at && takeTo(end);
    }

    private int hexEnd() {
        if (!text.startsWith("0x", at) && !text.startsWith("0X", at)) {
            return at;
        }
        int end = at + 2;
        while (end < text.length() && isHex(text.charAt(end))) {
            end++;
        }
        return end > at + 2 ? end : at;
    }

    private int decimalEnd() {
        int end = at;
        if (end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) {
            end++;
        }
        int digits = digitsEnd(end);
        if (digits == end) {
            return at;
        }
        end = digits;
        if (end < text.length() && text.charAt(end) == '.') {
            end = digitsEnd(end + 1);
        }
        if (end + 1 < text.length()
                && (text.charAt(end) == 'e' || text.charAt(end) == 'E')
                && (text.charAt(end + 1) == '+' || text.charAt(end + 1) == '-')) {
            int exponent = digitsEnd(end + 2);
            if (exponent > end + 2) {
                end = exponent;
            }
        }
        return end;
    }

    private int digitsEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private boolean takeTo(int end) {
        token = text.substring(at, end);
        at = end;
        return true;
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\b' || c == '\r' || c == '\n';
    }

    /** POSIX {@code [[:space:]]}, which differs from what separates tokens. */
    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isWord(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '_';
    }

    private static boolean isHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
