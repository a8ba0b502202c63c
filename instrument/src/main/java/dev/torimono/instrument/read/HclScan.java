// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.read;

/** Finds where a piece of HCL ends, without knowing what it means. Every result is -1 for never. */
final class HclScan {
    private HclScan() {}

    /**
     * Where a template ends.
     *
     * @param brace the place of its opening brace
     * @return behind its closing brace
     */
    static int templateEnd(String text, int brace) {
        int depth = 0;
        int at = brace;
        while (at >= 0 && at < text.length()) {
            char c = text.charAt(at);
            if (c == '{') {
                depth++;
                at++;
            } else if (c == '}') {
                at++;
                if (--depth == 0) {
                    return at;
                }
            } else {
                at = skip(text, at);
            }
        }
        return -1;
    }

    /**
     * Where a quoted string ends. A template inside may hold strings of its own, which hold
     * templates: nesting is bounded, because it is followed by recursion.
     *
     * @param quote the place of its opening quote
     */
    static int stringEnd(String text, int quote) {
        return stringEnd(text, quote, 0);
    }

    private static int stringEnd(String text, int quote, int depth) {
        if (depth > JsonReader.MAX_DEPTH) {
            return -1;
        }
        int at = quote + 1;
        int braces = 0;
        while (at >= 0 && at < text.length()) {
            char c = text.charAt(at);
            if (braces > 0) {
                if (c == '"') {
                    at = stringEnd(text, at, depth + 1);
                } else {
                    braces += c == '{' ? 1 : c == '}' ? -1 : 0;
                    at++;
                }
            } else if (c == '\\') {
                at += 2;
            } else if (c == '"') {
                return at + 1;
            } else if (c == '\n') {
                return -1;
            } else if ((c == '$' || c == '%') && text.startsWith("{", at + 1)) {
                boolean literal = text.charAt(at - 1) == c;
                braces = literal ? 0 : 1;
                at += 2;
            } else {
                at++;
            }
        }
        return -1;
    }

    /** Behind a comment that begins here; the same place where none does. */
    static int comment(String text, int at) {
        if (text.startsWith("#", at) || text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at)) {
            int end = text.indexOf("*/", at + 2);
            return end < 0 ? text.length() : end + 2;
        }
        return at;
    }

    /** Behind one string, comment, heredoc or character. */
    static int skip(String text, int at) {
        if (text.charAt(at) == '"') {
            return stringEnd(text, at);
        }
        if (text.startsWith("<<", at)) {
            Heredoc here = Heredoc.at(text, at);
            return here == null ? at + 2 : here.end();
        }
        int comment = comment(text, at);
        return comment > at ? comment : at + 1;
    }
}
