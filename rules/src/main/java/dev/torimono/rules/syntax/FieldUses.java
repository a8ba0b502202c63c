// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.syntax;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which fields a condition reads, and how often it compares. */
public final class FieldUses {
    private final Set<String> names = new LinkedHashSet<>();
    private int comparisons;

    private FieldUses() {}

    public static FieldUses of(Expr condition) {
        FieldUses uses = new FieldUses();
        uses.expr(condition);
        return uses;
    }

    /** Whether a field is read from the environment of a process, which sources send on demand. */
    public static boolean isEnvironment(String field) {
        return field.startsWith("proc.env")
                || field.startsWith("proc.aenv")
                || field.startsWith("evt.arg.env")
                || field.startsWith("evt.rawarg.env");
    }

    /** As written, in order of first use. */
    public Set<String> names() {
        return names;
    }

    public int comparisons() {
        return comparisons;
    }

    private void expr(Expr expr) {
        switch (expr) {
            case Expr.And and -> and.parts().forEach(this::expr);
            case Expr.Or or -> or.parts().forEach(this::expr);
            case Expr.Not not -> expr(not.part());
            case Expr.MacroRef _ -> {}
            case Expr.Exists exists -> {
                comparisons++;
                argument(exists.left());
            }
            case Expr.Compare compare -> {
                comparisons++;
                argument(compare.left());
                if (compare.right() instanceof Expr.Operand operand) {
                    argument(operand);
                }
            }
        }
    }

    private void argument(Expr.Argument argument) {
        switch (argument) {
            case Expr.FieldRef field -> names.add(field.toString());
            case Expr.Transform transform -> arguments(transform.arguments());
            case Expr.ArgumentList list -> arguments(list.parts());
            case Expr.Value _ -> {}
        }
    }

    private void arguments(List<Expr.Argument> arguments) {
        arguments.forEach(this::argument);
    }
}
