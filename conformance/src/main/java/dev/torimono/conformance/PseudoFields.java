// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.rules.syntax.Expr;
import java.util.List;
import java.util.Map;

/** Puts constants in the place of fields that exist only in a case. */
final class PseudoFields {
    private final Map<String, String> meanings;

    PseudoFields(Map<String, String> meanings) {
        this.meanings = meanings;
    }

    /** Whether the condition needs a constant that an embedding program would define. */
    static boolean usesStatic(Expr expr) {
        return switch (expr) {
            case Expr.And and -> and.parts().stream().anyMatch(PseudoFields::usesStatic);
            case Expr.Or or -> or.parts().stream().anyMatch(PseudoFields::usesStatic);
            case Expr.Not not -> usesStatic(not.part());
            case Expr.MacroRef macro -> false;
            case Expr.Exists exists -> isStatic(exists.left());
            case Expr.Compare compare -> isStatic(compare.left());
        };
    }

    private static boolean isStatic(Expr.Operand operand) {
        return operand instanceof Expr.FieldRef field && isStatic(field.name());
    }

    static boolean isStatic(String field) {
        return field.startsWith("static.");
    }

    Expr replace(Expr expr) {
        return switch (expr) {
            case Expr.And and ->
                    new Expr.And(and.parts().stream().map(this::replace).toList(), and.span());
            case Expr.Or or ->
                    new Expr.Or(or.parts().stream().map(this::replace).toList(), or.span());
            case Expr.Not not -> new Expr.Not(replace(not.part()), not.span());
            case Expr.MacroRef macro -> macro;
            case Expr.Exists exists -> exists;
            case Expr.Compare compare -> compare(compare);
        };
    }

    private Expr compare(Expr.Compare compare) {
        if (!(compare.left() instanceof Expr.FieldRef field)) {
            return compare;
        }
        String meaning = meanings.getOrDefault(field.name(), "");
        Expr always =
                new Expr.Exists(new Expr.FieldRef("evt.num", null, field.span()), field.span());
        return switch (meaning) {
            case "matches everything" -> always;
            case "matches nothing" -> new Expr.Not(always, field.span());
            default ->
                    new Expr.Compare(
                            constant(meaning, field),
                            compare.operator(),
                            compare.quantifier(),
                            compare.right(),
                            compare.span());
        };
    }

    private static Expr.Operand constant(String text, Expr.FieldRef field) {
        Expr.Argument half = new Expr.Value(text, true, field.span());
        Expr.Argument rest = new Expr.Value("", true, field.span());
        return new Expr.Transform("concat", List.of(half, rest), null, field.span());
    }
}
