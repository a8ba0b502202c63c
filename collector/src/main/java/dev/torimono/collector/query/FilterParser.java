// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.query;

import dev.torimono.collector.query.FilterLexer.Kind;
import dev.torimono.collector.query.FilterLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads Sysdig's filter language.
 *
 * <pre>
 * filter    = [ any ]
 * any       = all { "or" all }
 * all       = one { "and" one }
 * one       = "not" one | "(" any ")" | predicate
 * predicate = attribute ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" ) value
 *           | attribute [ "not" ] "in" "(" value { "," value } ")"
 *           | attribute [ "not" ] ( "contains" | "startsWith" | "starts with" ) value
 *           | attribute [ "not" ] "exists"
 *           | "freeText" ( "=" | "!=" ) value
 * value     = word | quoted
 * </pre>
 */
public final class FilterParser {
    private static final int MAX_CHARS = 8192;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_VALUES = 1000;

    /** What is searched inside values; finding the place of a long one is costly. */
    private static final int MAX_PART_CHARS = 256;

    private final List<Token> tokens;
    private int at;
    private int depth;
    private int values;

    private FilterParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * @throws FilterException when it cannot be read
     */
    public static Filter parse(String text) {
        if (text.length() > MAX_CHARS) {
            throw new FilterException(MAX_CHARS, "longer than " + MAX_CHARS + " characters");
        }
        FilterParser parser = new FilterParser(new FilterLexer(text).tokens());
        if (parser.peek().kind() == Kind.END) {
            return Filter.ALL;
        }
        Filter filter = parser.any();
        Token rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw parser.unexpected("and, or, or the end");
        }
        return filter;
    }

    private Filter any() {
        if (++depth > MAX_DEPTH) {
            throw new FilterException(peek().column(), "nested deeper than " + MAX_DEPTH);
        }
        Filter filter = joined("or", this::all, Filter.Or::new);
        depth--;
        return filter;
    }

    private Filter all() {
        return joined("and", this::one, Filter.And::new);
    }

    private static final int SINGLE = 1;

    private Filter joined(
            String word,
            java.util.function.Supplier<Filter> part,
            Function<List<Filter>, Filter> join) {
        List<Filter> parts = new ArrayList<>();
        parts.add(part.get());
        while (peek().word(word)) {
            at++;
            parts.add(part.get());
        }
        return parts.size() == SINGLE ? parts.getFirst() : join.apply(parts);
    }

    private Filter one() {
        if (peek().word("not")) {
            at++;
            if (++depth > MAX_DEPTH) {
                throw new FilterException(peek().column(), "nested deeper than " + MAX_DEPTH);
            }
            Filter filter = new Filter.Not(one());
            depth--;
            return filter;
        }
        if (peek().is("(")) {
            at++;
            Filter inner = any();
            expect(")");
            return inner;
        }
        return predicate();
    }

    private Filter predicate() {
        Token name = peek();
        if (name.kind() != Kind.WORD) {
            throw unexpected("an attribute");
        }
        at++;
        if (name.word("freeText")) {
            return freeText();
        }
        String attribute = Attributes.canonical(name.text());
        if (attribute == null) {
            throw new FilterException(
                    name.column(),
                    "there is no attribute "
                            + name.text()
                            + "; GET /secure/events/v1/supported-filters lists them");
        }
        if (peek().kind() == Kind.SIGN) {
            return comparison(attribute);
        }
        boolean negated = peek().word("not");
        at += negated ? 1 : 0;
        Filter filter = worded(attribute);
        return negated ? new Filter.Not(filter) : filter;
    }

    private Filter freeText() {
        boolean negated = peek().is("!=");
        if (!negated && !peek().is("=")) {
            throw unexpected("= or !=");
        }
        at++;
        Filter filter = new Filter.FreeText(value());
        return negated ? new Filter.Not(filter) : filter;
    }

    private Filter comparison(String attribute) {
        Token sign = tokens.get(at++);
        Token operand = peek();
        String value = value();
        return switch (sign.text()) {
            case "=" -> new Filter.In(attribute, List.of(value));
            case "!=" -> new Filter.Not(new Filter.In(attribute, List.of(value)));
            case "<", "<=", ">", ">=" -> between(attribute, sign, operand, value);
            default -> throw new FilterException(sign.column(), "no operator: " + sign.text());
        };
    }

    private static Filter between(String attribute, Token sign, Token operand, String value) {
        if (Attributes.type(attribute) != Attributes.Type.NUMBER) {
            throw new FilterException(
                    sign.column(), attribute + " is no number, so it has no " + sign.text());
        }
        long bound;
        try {
            bound = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new FilterException(operand.column(), "not a whole number: " + value);
        }
        boolean less = sign.text().startsWith("<");
        boolean strict = sign.text().length() == SINGLE;
        if (strict && bound == (less ? Long.MIN_VALUE : Long.MAX_VALUE)) {
            throw new FilterException(operand.column(), "nothing can be beyond " + value);
        }
        return less
                ? new Filter.Between(attribute, Long.MIN_VALUE, strict ? bound - 1 : bound)
                : new Filter.Between(attribute, strict ? bound + 1 : bound, Long.MAX_VALUE);
    }

    private Filter worded(String attribute) {
        Token word = tokens.get(at++);
        if (word.word("in")) {
            return new Filter.In(attribute, list());
        }
        if (word.word("contains")) {
            return new Filter.Contains(attribute, part());
        }
        if (word.word("exists")) {
            return new Filter.Exists(attribute);
        }
        if (word.word("startsWith")) {
            return new Filter.StartsWith(attribute, part());
        }
        if (word.word("starts") && peek().word("with")) {
            at++;
            return new Filter.StartsWith(attribute, part());
        }
        at--;
        throw unexpected("an operator: = != < <= > >= in contains startsWith exists");
    }

    private String part() {
        Token token = peek();
        String part = value();
        if (part.length() > MAX_PART_CHARS) {
            throw new FilterException(
                    token.column(), "longer than " + MAX_PART_CHARS + " characters");
        }
        return part;
    }

    private List<String> list() {
        expect("(");
        List<String> list = new ArrayList<>();
        list.add(value());
        while (peek().is(",")) {
            at++;
            list.add(value());
        }
        expect(")");
        return list;
    }

    private String value() {
        Token token = peek();
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw unexpected("a value");
        }
        if (++values > MAX_VALUES) {
            throw new FilterException(token.column(), "more than " + MAX_VALUES + " values");
        }
        at++;
        return token.text();
    }

    private void expect(String sign) {
        if (!peek().is(sign)) {
            throw unexpected(sign);
        }
        at++;
    }

    /** The last token is the end, and nothing goes beyond it. */
    private Token peek() {
        return tokens.get(Math.min(at, tokens.size() - 1));
    }

    private FilterException unexpected(String wanted) {
        Token token = peek();
        return new FilterException(
                token.column(), "expected " + wanted + ", found " + token.text());
    }
}
