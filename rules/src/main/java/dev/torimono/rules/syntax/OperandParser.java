// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of {@link ConditionParser}'s grammar that stand left and right of operators. */
final class OperandParser {
    private final Cursor cursor;

    OperandParser(Cursor cursor) {
        this.cursor = cursor;
    }

    /** The rest of a field after its name. */
    Expr.FieldRef field(int start) {
        cursor.enter();
        String name = cursor.token();
        String argument = argument();
        cursor.leave();
        return new Expr.FieldRef(name, argument, cursor.span(start));
    }

    private @Nullable String argument() {
        if (!cursor.take("[")) {
            return null;
        }
        if (!cursor.quoted() && !cursor.bareArgument()) {
            throw cursor.unexpected("an argument, quoted or without blanks, brackets and quotes");
        }
        String argument = cursor.token();
        if (!cursor.take("]")) {
            throw cursor.unexpected("']'");
        }
        return argument;
    }

    /** Takes the name and parenthesis of a transformer; {@code val} is none. */
    boolean opensTransformer() {
        for (Transformer transformer : Transformer.values()) {
            if (transformer != Transformer.VAL && cursor.take(transformer.opening())) {
                return true;
            }
        }
        return false;
    }

    /** The rest of a transformer after its parenthesis. */
    Expr.Transform transform(int start) {
        cursor.enter();
        String name = cursor.token().substring(0, cursor.token().length() - 1);
        List<Expr.Argument> arguments = new ArrayList<>(2);
        do {
            cursor.blank();
            arguments.add(part());
            cursor.blank();
        } while (cursor.take(","));
        if (!cursor.take(")")) {
            throw cursor.unexpected("')' to close " + name + "(");
        }
        String argument = argument();
        cursor.leave();
        return new Expr.Transform(name, arguments, argument, cursor.span(start));
    }

    private Expr.Argument part() {
        cursor.enter();
        int start = cursor.at();
        Expr.Argument part;
        if (cursor.take("(")) {
            List<Expr.Argument> parts = new ArrayList<>();
            cursor.blank();
            if (!cursor.take(")")) {
                do {
                    cursor.blank();
                    parts.add(listed());
                    cursor.blank();
                } while (cursor.take(","));
                if (!cursor.take(")")) {
                    throw cursor.unexpected("')'");
                }
            }
            part = new Expr.ArgumentList(parts, cursor.span(start));
        } else {
            part = value("a field, transformer, quoted string, number or list");
        }
        cursor.leave();
        return part;
    }

    private Expr.Argument listed() {
        cursor.enter();
        Expr.Argument value = value("a field, transformer, quoted string or number");
        cursor.leave();
        return value;
    }

    private Expr.Argument value(String expected) {
        int start = cursor.at();
        if (cursor.fieldName()) {
            return field(start);
        }
        if (opensTransformer()) {
            return transform(start);
        }
        if (cursor.quoted()) {
            return new Expr.Value(cursor.token(), true, cursor.span(start));
        }
        if (cursor.number()) {
            return new Expr.Value(cursor.token(), false, cursor.span(start));
        }
        throw cursor.unexpected(expected);
    }

    /** What stands right of an ordering. */
    Expr.Right number() {
        cursor.enter();
        cursor.blank();
        int start = cursor.at();
        Expr.Right right = operand();
        if (right == null) {
            if (!cursor.number()) {
                throw cursor.unexpected("a number, val() or a transformer");
            }
            right = new Expr.Value(cursor.token(), false, cursor.span(start));
        }
        cursor.leave();
        return right;
    }

    /** What stands right of a text operator. */
    Expr.Right text() {
        cursor.enter();
        cursor.blank();
        int start = cursor.at();
        Expr.Right right = operand();
        if (right == null) {
            right = string(start, "a value, val() or a transformer");
        }
        cursor.leave();
        return right;
    }

    private Expr.Value string(int start, String expected) {
        if (cursor.quoted()) {
            return new Expr.Value(cursor.token(), true, cursor.span(start));
        }
        if (cursor.bare()) {
            return new Expr.Value(cursor.token(), false, cursor.span(start));
        }
        throw cursor.unexpected(expected);
    }

    /** What stands right of a list operator or a modifier. */
    Expr.Right list() {
        cursor.enter();
        cursor.blank();
        int start = cursor.at();
        Expr.Right right = cursor.take("(") ? values(start) : operand();
        if (right == null) {
            if (!cursor.identifier()) {
                throw cursor.unexpected(
                        "a list such as (a, b), a list's name, val() or a transformer");
            }
            right = new Expr.Value(cursor.token(), false, cursor.span(start));
        }
        cursor.leave();
        return right;
    }

    private Expr.ValueList values(int start) {
        List<String> values = new ArrayList<>();
        cursor.blank();
        if (!cursor.take(")")) {
            cursor.enter();
            do {
                cursor.blank();
                values.add(string(cursor.at(), "a value").text());
                cursor.blank();
            } while (cursor.take(","));
            cursor.leave();
            if (!cursor.take(")")) {
                throw cursor.unexpected("',' or ')'");
            }
        }
        return new Expr.ValueList(values, cursor.span(start));
    }

    /** {@code val(field)} or a transformer; null when neither stands here. */
    private Expr.@Nullable Operand operand() {
        cursor.enter();
        int start = cursor.at();
        Expr.Operand operand = null;
        if (cursor.take(Transformer.VAL.opening())) {
            cursor.blank();
            int inner = cursor.at();
            if (!cursor.fieldName()) {
                throw cursor.unexpected("a field inside val()");
            }
            Expr.FieldRef field = field(inner);
            cursor.blank();
            if (!cursor.take(")")) {
                throw cursor.unexpected("')' to close val(");
            }
            operand = new Expr.Transform("val", List.of(field), argument(), cursor.span(start));
        } else if (opensTransformer()) {
            operand = transform(start);
        }
        cursor.leave();
        return operand;
    }
}
