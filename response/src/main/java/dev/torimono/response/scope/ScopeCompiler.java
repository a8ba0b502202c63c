// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.scope;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.torimono.response.read.Nearest;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Span;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Turns a parsed scope into something that answers. */
final class ScopeCompiler {
    ScopeTest compile(Expr expr) {
        return switch (expr) {
            case Expr.And and -> all(and.parts().stream().map(this::compile).toList());
            case Expr.Or or -> any(or.parts().stream().map(this::compile).toList());
            case Expr.Not not -> {
                ScopeTest part = compile(not.part());
                yield place -> part.in(place).not();
            }
            case Expr.Exists exists -> matching(field(exists.left()), value -> !value.isEmpty());
            case Expr.Compare compare -> compare(compare);
            case Expr.MacroRef macro ->
                    throw bad(
                            "'"
                                    + macro.name()
                                    + "' is no field; a scope knows no macros: write the condition"
                                    + " out",
                            macro.span());
        };
    }

    private static ScopeTest all(List<ScopeTest> parts) {
        return place -> {
            Coverage all = Coverage.YES;
            for (ScopeTest part : parts) {
                all = all.and(part.in(place));
            }
            return all;
        };
    }

    private static ScopeTest any(List<ScopeTest> parts) {
        return place -> {
            Coverage any = Coverage.NO;
            for (ScopeTest part : parts) {
                any = any.or(part.in(place));
            }
            return any;
        };
    }

    private ScopeTest compare(Expr.Compare compare) {
        ScopeField field = field(compare.left());
        if (compare.quantifier() != null) {
            throw bad("a scope knows no '" + compare.quantifier().text() + "'", compare.span());
        }
        return switch (compare.operator()) {
            case EQ, EQEQ -> {
                String wanted = text(compare);
                yield matching(field, wanted::equals);
            }
            case NE -> {
                String unwanted = text(compare);
                yield place -> differing(field, place, unwanted);
            }
            case IN -> {
                Set<String> wanted = list(compare);
                yield matching(field, wanted::contains);
            }
            case CONTAINS, ICONTAINS, STARTSWITH, ENDSWITH, GLOB, IGLOB, REGEX ->
                    matching(field, textTest(compare));
            case EXISTS, LT, LE, GT, GE, BCONTAINS, BSTARTSWITH, INTERSECTS, PMATCH ->
                    throw bad(
                            "a scope cannot use '"
                                    + compare.operator().text()
                                    + "'; use = != in contains startswith endswith glob regex"
                                    + " exists",
                            compare.span());
        };
    }

    private static Predicate<String> textTest(Expr.Compare compare) {
        String wanted = text(compare);
        String lower = wanted.toLowerCase(Locale.ROOT);
        return switch (compare.operator()) {
            case CONTAINS -> value -> value.contains(wanted);
            case ICONTAINS -> value -> value.toLowerCase(Locale.ROOT).contains(lower);
            case STARTSWITH -> value -> value.startsWith(wanted);
            case ENDSWITH -> value -> value.endsWith(wanted);
            case GLOB -> pattern(Wildcard.regex(wanted), compare.right().span());
            case IGLOB -> pattern("(?i)" + Wildcard.regex(wanted), compare.right().span());
            case REGEX -> pattern(wanted, compare.right().span());
            case EQ,
                    EQEQ,
                    NE,
                    IN,
                    EXISTS,
                    LT,
                    LE,
                    GT,
                    GE,
                    BCONTAINS,
                    BSTARTSWITH,
                    INTERSECTS,
                    PMATCH ->
                    throw new IllegalArgumentException(compare.operator().text());
        };
    }

    private static Predicate<String> pattern(String regex, Span span) {
        try {
            Pattern pattern = Pattern.compile(regex, Pattern.DOTALL);
            return value -> pattern.matcher(value).matches();
        } catch (PatternSyntaxException e) {
            throw bad("bad regular expression: " + e.getDescription(), span);
        }
    }

    private static ScopeTest matching(ScopeField field, Predicate<String> test) {
        return place -> {
            if (unknown(field, place)) {
                return Coverage.UNKNOWN;
            }
            return Coverage.of(field.values().apply(place).stream().anyMatch(test));
        };
    }

    private static Coverage differing(ScopeField field, Place place, String unwanted) {
        if (unknown(field, place)) {
            return Coverage.UNKNOWN;
        }
        List<String> values = field.values().apply(place);
        return Coverage.of(!values.isEmpty() && !values.contains(unwanted));
    }

    private static boolean unknown(ScopeField field, Place place) {
        return !field.early() && place.container() != null && place.container().pending();
    }

    private static ScopeField field(Expr.Operand left) {
        return switch (left) {
            case Expr.FieldRef ref -> {
                ScopeField field = ScopeFields.find(ref.name(), ref.argument());
                if (field == null) {
                    throw bad(unknownField(ref.name()), ref.span());
                }
                yield field;
            }
            case Expr.Transform transform ->
                    throw bad(
                            "a scope cannot use the function " + transform.name() + "()",
                            transform.span());
        };
    }

    private static String unknownField(String name) {
        if (name.startsWith("kubernetes.namespace.label") || name.startsWith("k8s.ns.label")) {
            return "labels of namespaces are not known to the agent; use labels of pods:"
                    + " k8s.pod.label[KEY]";
        }
        return "unknown scope field '" + name + "'" + Nearest.hint(name, ScopeFields.names());
    }

    private static String text(Expr.Compare compare) {
        return switch (compare.right()) {
            case Expr.Value value -> value.text();
            case Expr.ValueList list -> throw bad("expected one value, not a list", list.span());
            case Expr.FieldRef ref -> throw bad("expected a value, not a field", ref.span());
            case Expr.Transform transform ->
                    throw bad("expected a value, not a function", transform.span());
        };
    }

    private static Set<String> list(Expr.Compare compare) {
        return switch (compare.right()) {
            case Expr.ValueList list -> Set.copyOf(list.values());
            case Expr.Value value ->
                    throw bad(
                            "a scope knows no lists by name: write the values in parentheses",
                            value.span());
            case Expr.FieldRef ref -> throw bad("expected a list, not a field", ref.span());
            case Expr.Transform transform ->
                    throw bad("expected a list, not a function", transform.span());
        };
    }

    private static RuleException bad(String message, Span span) {
        return new RuleException(RuleException.Kind.VALUE, message, span);
    }
}
