// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleException.Kind;
import dev.torimono.rules.syntax.Span;

/**
 * Regular expressions in egrep's syntax. RE2/J reads Perl's: what egrep has not is refused here
 * before RE2/J would accept it.
 */
final class RegexSyntax {
    private static final String ESCAPED_LETTERS = "afnrtvx";

    /** Longest text between the braces of a bound that can be valid, with the opening one. */
    private static final int LONGEST_BOUND = 12;

    private RegexSyntax() {}

    static Match.Regex compile(String expression, Span span) {
        if (expression.indexOf('\0') >= 0) {
            throw new RuleException(Kind.VALUE, "a value cannot contain a NUL byte", span);
        }
        String fault = fault(expression);
        if (fault == null) {
            fault = RegexSize.fault(expression);
        }
        if (fault != null) {
            throw new RuleException(
                    Kind.VALUE, "invalid regular expression '" + expression + "': " + fault, span);
        }
        try {
            int flags = Pattern.MULTILINE | Pattern.LONGEST_MATCH;
            return new Match.Regex(expression, Pattern.compile(expression, flags));
        } catch (PatternSyntaxException e) {
            throw new RuleException(
                    Kind.VALUE,
                    "invalid regular expression '" + expression + "': " + e.getDescription(),
                    span);
        }
    }

    private static @org.jspecify.annotations.Nullable String fault(String expression) {
        boolean inClass = false;
        boolean repeated = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            boolean repeat = false;
            if (c == '\\') {
                i++;
                char next = i < expression.length() ? expression.charAt(i) : 0;
                if (Character.isLetter(next) && ESCAPED_LETTERS.indexOf(next) < 0) {
                    return "no escape \\" + next + " in this syntax";
                }
            } else if (inClass) {
                if (c == '[' && i + 1 < expression.length() && expression.charAt(i + 1) == ':') {
                    int end = expression.indexOf(":]", i + 2);
                    i = end < 0 ? i : end + 1;
                } else if (c == ']') {
                    inClass = false;
                }
            } else if (c == '[') {
                inClass = true;
                if (i + 1 < expression.length() && expression.charAt(i + 1) == '^') {
                    i++;
                }
                if (i + 1 < expression.length() && expression.charAt(i + 1) == ']') {
                    i++;
                }
            } else if (c == '(' && i + 1 < expression.length() && expression.charAt(i + 1) == '?') {
                return "(? is not in this syntax";
            } else {
                repeat = c == '*' || c == '+' || c == '?';
                if (repeat && repeated) {
                    return "one repetition follows another";
                }
                repeat |= c == '}' && isBound(expression, i);
            }
            repeated = repeat;
        }
        return null;
    }

    private static boolean isBound(String expression, int close) {
        int from = Math.max(0, close - LONGEST_BOUND);
        String end = expression.substring(from, close);
        int open = end.lastIndexOf('{');
        return open >= 0 && end.substring(open + 1).matches("[0-9]+(,[0-9]*)?");
    }
}
