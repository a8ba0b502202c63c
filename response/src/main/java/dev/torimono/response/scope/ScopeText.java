// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes Sysdig's spellings in the words of the condition language: {@code starts with}, {@code not
 * in} after the field, keys of labels behind a dot. Remembers where each character came from, so
 * that errors point into what was written.
 */
final class ScopeText {
    private record Token(int start, int end) {}

    private final String written;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> origins = new ArrayList<>();

    private ScopeText(String written) {
        this.written = written;
    }

    static ScopeText of(String written) {
        ScopeText text = new ScopeText(written);
        text.rewrite(text.tokens());
        return text;
    }

    /** In the condition language. */
    String text() {
        return out.toString();
    }

    /** Where a character of {@link #text} stands in what was written. */
    int origin(int index) {
        if (origins.isEmpty()) {
            return 0;
        }
        return index < origins.size() ? origins.get(index) : written.length();
    }

    private void rewrite(List<Token> tokens) {
        int copied = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token field = tokens.get(i);
            if (!isField(field)) {
                continue;
            }
            copy(copied, field.start());
            copied = field.end();
            int next = i + 1;
            if (is(tokens, next, "not") && isNegatable(tokens, next + 1)) {
                insert("not ", tokens.get(next).start());
                field(field);
                copied = tokens.get(next).end();
                next++;
            } else {
                field(field);
            }
            if ((is(tokens, next, "starts") || is(tokens, next, "ends"))
                    && is(tokens, next + 1, "with")) {
                copy(copied, tokens.get(next).end());
                copied = tokens.get(next + 1).start();
                next++;
            } else if (is(tokens, next, "startsWith") || is(tokens, next, "endsWith")) {
                copy(copied, tokens.get(next).start());
                insert(word(tokens.get(next)).replace('W', 'w'), tokens.get(next).start());
                copied = tokens.get(next).end();
            }
            i = next;
        }
        copy(copied, written.length());
    }

    /** The field, with a key behind a dot put into brackets. */
    private void field(Token field) {
        String prefix = ScopeFields.keyedPrefix(word(field));
        if (prefix == null) {
            copy(field.start(), field.end());
            return;
        }
        int key = field.start() + prefix.length();
        copy(field.start(), key);
        insert("[", key);
        copy(key + 1, field.end());
        insert("]", field.end() - 1);
    }

    private boolean isField(Token token) {
        String word = word(token);
        return word.indexOf('.') > 0 && Character.isLetter(word.charAt(0));
    }

    private boolean isNegatable(List<Token> tokens, int index) {
        for (String operator :
                List.of("in", "contains", "exists", "starts", "ends", "startsWith", "endsWith")) {
            if (is(tokens, index, operator)) {
                return true;
            }
        }
        return is(tokens, index, "startswith")
                || is(tokens, index, "endswith")
                || is(tokens, index, "glob")
                || is(tokens, index, "regex");
    }

    private boolean is(List<Token> tokens, int index, String word) {
        return index < tokens.size() && word(tokens.get(index)).equals(word);
    }

    private String word(Token token) {
        return written.substring(token.start(), token.end());
    }

    private void copy(int from, int to) {
        for (int i = from; i < to; i++) {
            out.append(written.charAt(i));
            origins.add(i);
        }
    }

    private void insert(String text, int origin) {
        for (int i = 0; i < text.length(); i++) {
            out.append(text.charAt(i));
            origins.add(origin);
        }
    }

    /** Words, quoted texts and symbols; blanks separate. */
    private List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            int end = c == '"' || c == '\'' ? quotedEnd(at) : isSymbol(c) ? at + 1 : wordEnd(at);
            tokens.add(new Token(at, end));
            at = end;
        }
        return tokens;
    }

    private int quotedEnd(int from) {
        for (int i = from + 1; i < written.length(); i++) {
            if (written.charAt(i) == written.charAt(from) && written.charAt(i - 1) != '\\') {
                return i + 1;
            }
        }
        return written.length();
    }

    private int wordEnd(int from) {
        int end = from;
        int brackets = 0;
        while (end < written.length()) {
            char c = written.charAt(end);
            brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
            boolean stops = Character.isWhitespace(c) || isSymbol(c) || c == '"' || c == '\'';
            if (brackets <= 0 && stops) {
                break;
            }
            end++;
        }
        return end;
    }

    private static boolean isSymbol(char c) {
        return c == '(' || c == ')' || c == ',' || c == '=' || c == '!' || c == '<' || c == '>';
    }
}
