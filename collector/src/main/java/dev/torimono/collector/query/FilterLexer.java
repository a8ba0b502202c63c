// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.query;

import java.util.ArrayList;
import java.util.List;

/** Cuts a filter into words, quoted values and signs. */
final class FilterLexer {
    private static final String SIGNS = "(),=!<>";

    /** What a piece is. */
    enum Kind {
        WORD,
        QUOTED,
        SIGN,
        END
    }

    /**
     * One piece.
     *
     * @param kind what it is
     * @param text a word, a quoted value without quotes, or a sign
     * @param column where it begins
     */
    record Token(Kind kind, String text, int column) {
        boolean is(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean word(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    private final String text;
    private int at;

    FilterLexer(String text) {
        this.text = text;
    }

    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        while (true) {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at == text.length()) {
                tokens.add(new Token(Kind.END, "the end", at));
                return tokens;
            }
            tokens.add(next());
        }
    }

    private Token next() {
        int start = at;
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            return quoted(c);
        }
        if (SIGNS.indexOf(c) >= 0) {
            at++;
            boolean pair = "!<>".indexOf(c) >= 0 && at < text.length() && text.charAt(at) == '=';
            at += pair ? 1 : 0;
            String sign = text.substring(start, at);
            if (sign.equals("!")) {
                throw new FilterException(start, "a lone !; write != or not");
            }
            return new Token(Kind.SIGN, sign, start);
        }
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return new Token(Kind.WORD, text.substring(start, at), start);
    }

    private Token quoted(char quote) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        if (at == text.length()) {
            throw new FilterException(start, "the quoted value does not end");
        }
        at++;
        return new Token(Kind.QUOTED, value.toString(), start);
    }

    private static boolean isWord(char c) {
        return !Character.isWhitespace(c) && SIGNS.indexOf(c) < 0 && c != '"' && c != '\'';
    }
}
