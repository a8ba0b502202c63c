// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.past;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.scope.Wildcard;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A condition over what an alert recorded. An alert has the fields of its output and no others:
 * where a condition asks for more, the answer is that it cannot be told.
 */
final class PastCondition {
    private final Map<String, @Nullable Object> fields;
    private final Set<String> missing = new TreeSet<>();

    PastCondition(Map<String, @Nullable Object> fields) {
        this.fields = fields;
    }

    static Coverage holds(String condition, Map<String, @Nullable Object> fields) {
        return new PastCondition(fields).eval(ConditionParser.parse(condition));
    }

    /** Fields that were asked for and not recorded. */
    Set<String> missing() {
        return missing;
    }

    private boolean has(@Nullable String name) {
        boolean there = name != null && fields.containsKey(name);
        if (name != null && !there) {
            missing.add(name);
        }
        return there;
    }

    Coverage eval(Expr expr) {
        return switch (expr) {
            case Expr.And and ->
                    and.parts().stream().map(this::eval).reduce(Coverage.YES, Coverage::and);
            case Expr.Or or ->
                    or.parts().stream().map(this::eval).reduce(Coverage.NO, Coverage::or);
            case Expr.Not not -> eval(not.part()).not();
            case Expr.MacroRef _ -> Coverage.UNKNOWN;
            case Expr.Exists exists -> exists(exists.left());
            case Expr.Compare compare -> compare(compare);
        };
    }

    private Coverage exists(Expr.Operand left) {
        String name = name(left);
        return name == null || !has(name)
                ? Coverage.UNKNOWN
                : Coverage.of(fields.get(name) != null);
    }

    private Coverage compare(Expr.Compare compare) {
        String name = name(compare.left());
        if (name == null || compare.quantifier() != null || !has(name)) {
            return Coverage.UNKNOWN;
        }
        Object value = fields.get(name);
        if (value == null) {
            return Coverage.NO;
        }
        List<String> values =
                value instanceof List<?> list
                        ? list.stream().map(String::valueOf).toList()
                        : List.of(value.toString());
        List<String> wanted =
                switch (compare.right()) {
                    case Expr.Value right -> List.of(right.text());
                    case Expr.ValueList right -> right.values();
                    case Expr.FieldRef _, Expr.Transform _ -> List.of();
                };
        return wanted.isEmpty() ? Coverage.UNKNOWN : test(compare, values, wanted);
    }

    private static Coverage test(Expr.Compare compare, List<String> values, List<String> wanted) {
        String one = wanted.getFirst();
        String lower = one.toLowerCase(Locale.ROOT);
        return switch (compare.operator()) {
            case EQ, EQEQ -> Coverage.of(values.contains(one));
            case NE -> Coverage.of(!values.contains(one));
            case IN, INTERSECTS -> Coverage.of(values.stream().anyMatch(wanted::contains));
            case CONTAINS -> Coverage.of(values.stream().anyMatch(v -> v.contains(one)));
            case ICONTAINS ->
                    Coverage.of(
                            values.stream()
                                    .anyMatch(v -> v.toLowerCase(Locale.ROOT).contains(lower)));
            case STARTSWITH -> Coverage.of(values.stream().anyMatch(v -> v.startsWith(one)));
            case ENDSWITH -> Coverage.of(values.stream().anyMatch(v -> v.endsWith(one)));
            case GLOB -> matches(Wildcard.regex(one), values);
            case IGLOB -> matches("(?i)" + Wildcard.regex(one), values);
            case REGEX -> matches(one, values);
            case LT, LE, GT, GE -> number(compare, values.getFirst(), one);
            case PMATCH ->
                    Coverage.of(
                            values.stream()
                                    .anyMatch(v -> wanted.stream().anyMatch(w -> below(v, w))));
            case EXISTS, BCONTAINS, BSTARTSWITH -> Coverage.UNKNOWN;
        };
    }

    private static boolean below(String path, String folder) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        return path.equals(folder) || path.startsWith(prefix);
    }

    private static Coverage matches(String regex, List<String> values) {
        try {
            Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
            return Coverage.of(values.stream().anyMatch(v -> pattern.matcher(v).matches()));
        } catch (PatternSyntaxException e) {
            return Coverage.UNKNOWN;
        }
    }

    private static Coverage number(Expr.Compare compare, String value, String wanted) {
        try {
            int order = Double.compare(Double.parseDouble(value), Double.parseDouble(wanted));
            return switch (compare.operator()) {
                case LT -> Coverage.of(order < 0);
                case LE -> Coverage.of(order <= 0);
                case GT -> Coverage.of(order > 0);
                case GE -> Coverage.of(order >= 0);
                case EXISTS,
                        EQ,
                        EQEQ,
                        NE,
                        CONTAINS,
                        ICONTAINS,
                        BCONTAINS,
                        STARTSWITH,
                        BSTARTSWITH,
                        ENDSWITH,
                        GLOB,
                        IGLOB,
                        REGEX,
                        IN,
                        INTERSECTS,
                        PMATCH ->
                        Coverage.UNKNOWN;
            };
        } catch (NumberFormatException e) {
            return Coverage.UNKNOWN;
        }
    }

    /** As output fields are named; null for what they are never named. */
    private static @Nullable String name(Expr.Operand operand) {
        return switch (operand) {
            case Expr.FieldRef ref ->
                    ref.argument() == null ? ref.name() : ref.name() + "[" + ref.argument() + "]";
            case Expr.Transform _ -> null;
        };
    }
}
