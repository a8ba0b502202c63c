// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.format;

import dev.torimono.rules.syntax.Expr;
import java.util.List;

/** Names operands as output fields do: without blanks and quotes. */
final class OperandText {
    private OperandText() {}

    static String of(Expr.Argument argument) {
        return switch (argument) {
            case Expr.FieldRef field ->
                    field.argument() == null
                            ? field.name()
                            : field.name() + "[" + field.argument() + "]";
            case Expr.Transform call ->
                    call.name()
                            + "("
                            + all(call.arguments())
                            + ")"
                            + (call.argument() == null ? "" : "[" + call.argument() + "]");
            case Expr.Value value -> value.text();
            case Expr.ArgumentList list -> "(" + all(list.parts()) + ")";
        };
    }

    private static String all(List<Expr.Argument> arguments) {
        return String.join(",", arguments.stream().map(OperandText::of).toList());
    }
}
