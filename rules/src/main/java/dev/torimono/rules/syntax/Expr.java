// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition. Each node prints as conditions are written, fully parenthesised where it matters, so
 * that tests and reports can show what a rule compiled to.
 */
public sealed interface Expr {
    Span span();

    /** Every part holds; at least two, as written. */
    record And(List<Expr> parts, Span span) implements Expr {
        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /** Some part holds; at least two, as written. */
    record Or(List<Expr> parts, Span span) implements Expr {
        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    record Not(Expr part, Span span) implements Expr {
        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /** A macro by name; gone after resolution. */
    record MacroRef(String name, Span span) implements Expr {
        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /** {@code left exists}. */
    record Exists(Operand left, Span span) implements Expr {
        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /** {@code left operator [quantifier] right}. */
    record Compare(
            Operand left,
            Operator operator,
            @Nullable Quantifier quantifier,
            Right right,
            Span span)
            implements Expr {
        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /** What can stand left of an operator, or right of it inside {@code val()} or a transformer. */
    sealed interface Operand extends Right, Argument {}

    /** A field, with its bracketed argument where written; {@code f[""]} has an empty one. */
    record FieldRef(String name, @Nullable String argument, Span span) implements Operand {
        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /**
     * A transformer such as {@code tolower(...)}; {@code val(...)} is one too.
     *
     * @param name its name without the parenthesis
     * @param arguments what stands between the parentheses
     * @param argument a bracketed argument after it ({@code getopt(...)[c]}), or null
     */
    record Transform(String name, List<Argument> arguments, @Nullable String argument, Span span)
            implements Operand {
        public Transform {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /** What can stand right of an operator. */
    sealed interface Right {
        Span span();
    }

    /** A bare or quoted value, unescaped; also a bare list name that nothing substituted. */
    record Value(String text, boolean quoted, Span span) implements Right, Argument {
        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }

    /** A parenthesised list. */
    record ValueList(List<String> values, Span span) implements Right {
        public ValueList {
            values = List.copyOf(values);
        }
    }

    /** What can stand between a transformer's parentheses. */
    sealed interface Argument {
        Span span();
    }

    /** A parenthesised list inside a transformer ({@code join}). */
    record ArgumentList(List<Argument> parts, Span span) implements Argument {
        public ArgumentList {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return ExprPrinter.print(this);
        }
    }
}
