// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints conditions the way Falco prints them, so that compiled conditions can be compared. */
final class ExprPrinter {
    private final StringBuilder out = new StringBuilder();

    private ExprPrinter() {}

    static String print(Expr expr) {
        ExprPrinter printer = new ExprPrinter();
        printer.expr(expr);
        return printer.out.toString();
    }

    static String print(Expr.Argument argument) {
        ExprPrinter printer = new ExprPrinter();
        printer.argument(argument);
        return printer.out.toString();
    }

    private void expr(Expr expr) {
        switch (expr) {
            case Expr.And and -> group(" and ", and.parts());
            case Expr.Or or -> group(" or ", or.parts());
            case Expr.Not not -> {
                out.append("not ");
                expr(not.part());
            }
            case Expr.MacroRef macro -> out.append(macro.name());
            case Expr.Exists exists -> {
                argument(exists.left());
                out.append(" exists");
            }
            case Expr.Compare compare -> compare(compare);
        }
    }

    private void group(String word, List<Expr> parts) {
        String separator = "(";
        for (Expr part : parts) {
            out.append(separator);
            expr(part);
            separator = word;
        }
        out.append(')');
    }

    private void compare(Expr.Compare compare) {
        argument(compare.left());
        out.append(' ').append(compare.operator().text());
        Quantifier quantifier = compare.quantifier();
        if (quantifier != null) {
            out.append(' ').append(quantifier.text());
        }
        out.append(' ');
        switch (compare.right()) {
            case Expr.Value value -> out.append(Literal.quoted(value.text()));
            case Expr.ValueList list -> {
                out.append('(');
                String separator = "";
                for (String value : list.values()) {
                    out.append(separator).append(Literal.quoted(value));
                    separator = ", ";
                }
                out.append(')');
            }
            case Expr.Operand operand -> argument(operand);
        }
    }

    private void argument(Expr.Argument argument) {
        switch (argument) {
            case Expr.FieldRef field -> {
                out.append(field.name());
                bracketed(field.argument());
            }
            case Expr.Transform transform -> {
                out.append(transform.name());
                arguments(transform.arguments());
                bracketed(transform.argument());
            }
            case Expr.Value value -> out.append(value.text());
            case Expr.ArgumentList list -> arguments(list.parts());
        }
    }

    private void arguments(List<Expr.Argument> arguments) {
        out.append('(');
        String separator = "";
        for (Expr.Argument argument : arguments) {
            out.append(separator);
            argument(argument);
            separator = ",";
        }
        out.append(')');
    }

    private void bracketed(@Nullable String argument) {
        if (argument != null) {
            out.append('[')
                    .append(argument.isEmpty() ? "\"\"" : Literal.quoted(argument))
                    .append(']');
        }
    }
}
