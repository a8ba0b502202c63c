// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.response.scope.Coverage;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Operator;
import java.util.List;
import java.util.Set;

/**
 * What a rule's condition says of any exec of one program of the image, called by a name that no
 * rule asks for: all that is known is its path, that it is of the image, and that it is an exec.
 * Everything else cannot be told; a rule that is NO here finds nothing, whoever executes it how.
 */
final class ImageProgram {
    private static final Set<String> EXECS = Set.of("execve", "execveat");
    private static final Set<String> NEVER_OF_IMAGE =
            Set.of("proc.is_exe_upper_layer", "proc.is_exe_from_memfd");

    private final String path;

    ImageProgram(String path) {
        this.path = path;
    }

    Coverage holds(Expr expr) {
        return switch (expr) {
            case Expr.And and ->
                    and.parts().stream().map(this::holds).reduce(Coverage.YES, Coverage::and);
            case Expr.Or or ->
                    or.parts().stream().map(this::holds).reduce(Coverage.NO, Coverage::or);
            case Expr.Not not -> holds(not.part()).not();
            case Expr.MacroRef _, Expr.Exists _ -> Coverage.UNKNOWN;
            case Expr.Compare compare -> compare(compare);
        };
    }

    private Coverage compare(Expr.Compare compare) {
        if (compare.quantifier() != null
                || !(compare.left() instanceof Expr.FieldRef field)
                || field.argument() != null) {
            return Coverage.UNKNOWN;
        }
        List<String> wanted = values(compare.right());
        if (wanted.isEmpty()) {
            return Coverage.UNKNOWN;
        }
        return switch (field.name()) {
            case "proc.name" -> name(compare.operator());
            case "proc.exepath" -> path(compare.operator(), wanted);
            case "evt.type" -> type(compare.operator(), wanted);
            default ->
                    NEVER_OF_IMAGE.contains(field.name())
                            ? never(compare.operator(), wanted)
                            : Coverage.UNKNOWN;
        };
    }

    static List<String> values(Expr.Right right) {
        return switch (right) {
            case Expr.Value value -> List.of(value.text());
            case Expr.ValueList list -> list.values();
            case Expr.FieldRef _, Expr.Transform _ -> List.of();
        };
    }

    /** Whether an operator compares with names as they are. */
    static boolean isLiteral(Operator operator) {
        return operator == Operator.EQ || operator == Operator.EQEQ || operator == Operator.IN;
    }

    /** By a name that is none of those. */
    private static Coverage name(Operator operator) {
        if (isLiteral(operator)) {
            return Coverage.NO;
        }
        return operator == Operator.NE ? Coverage.YES : Coverage.UNKNOWN;
    }

    private Coverage path(Operator operator, List<String> wanted) {
        String one = wanted.getFirst();
        if (isLiteral(operator)) {
            return Coverage.of(wanted.contains(path));
        }
        return switch (operator) {
            case NE -> Coverage.of(!path.equals(one));
            case STARTSWITH -> Coverage.of(path.startsWith(one));
            case ENDSWITH -> Coverage.of(path.endsWith(one));
            case CONTAINS -> Coverage.of(path.contains(one));
            default -> Coverage.UNKNOWN;
        };
    }

    private static Coverage type(Operator operator, List<String> wanted) {
        boolean none = isLiteral(operator) && wanted.stream().noneMatch(EXECS::contains);
        return none ? Coverage.NO : Coverage.UNKNOWN;
    }

    private static Coverage never(Operator operator, List<String> wanted) {
        boolean asked = wanted.size() == 1 && wanted.getFirst().equals("true");
        return isLiteral(operator) && asked ? Coverage.NO : Coverage.UNKNOWN;
    }
}
