// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.EventType;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleException.Kind;
import dev.torimono.rules.field.EventNames;
import dev.torimono.rules.field.FieldType;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Operator;
import dev.torimono.rules.syntax.Span;
import java.util.BitSet;
import java.util.List;

/**
 * Infers from a condition which event types it names. Only {@code =}, {@code !=} and {@code in} on
 * {@code evt.type} and {@code syscall.type} say something; all else admits every type, negated or
 * not.
 */
public final class EventTypes {
    private static final Span NOWHERE = new Span(0, 0);

    private EventTypes() {}

    /** The codes that a condition over events of that source names. */
    public static BitSet of(Expr expr, String source) {
        if (!source.equals("syscall")) {
            BitSet plugin = new BitSet();
            plugin.set(EventType.symbol("PLUGINEVENT_E").code());
            return plugin;
        }
        return of(expr, false);
    }

    private static BitSet of(Expr expr, boolean negated) {
        return switch (expr) {
            case Expr.And and -> combine(and.parts(), negated, !negated);
            case Expr.Or or -> combine(or.parts(), negated, negated);
            case Expr.Not not -> of(not.part(), !negated);
            case Expr.MacroRef macro -> all();
            case Expr.Exists exists -> exists(exists, negated);
            case Expr.Compare compare -> compare(compare, negated);
        };
    }

    private static BitSet combine(List<Expr> parts, boolean negated, boolean intersect) {
        BitSet result = intersect ? all() : new BitSet();
        for (Expr part : parts) {
            BitSet of = of(part, negated);
            if (intersect) {
                result.and(of);
            } else {
                result.or(of);
            }
        }
        return result;
    }

    private static BitSet exists(Expr.Exists exists, boolean negated) {
        boolean named = exists.left() instanceof Expr.FieldRef field && isType(field);
        if (!named) {
            checkTransformed(exists.left());
        }
        return named && negated ? new BitSet() : all();
    }

    private static BitSet compare(Expr.Compare compare, boolean negated) {
        if (!(compare.left() instanceof Expr.FieldRef field)) {
            checkTransformed(compare.left());
            return all();
        }
        if (isType(field)) {
            return types(compare, negated);
        }
        return field.name().equals("evt.num") ? numbers(compare, negated) : all();
    }

    private static boolean isType(Expr.FieldRef field) {
        return field.name().equals("evt.type") || field.name().equals("syscall.type");
    }

    /** A type that was transformed names nothing, and what it could name cannot be told. */
    private static void checkTransformed(Expr.Operand left) {
        if (left instanceof Expr.Transform transform) {
            for (Expr.Argument argument : transform.arguments()) {
                if (argument instanceof Expr.FieldRef field && isType(field)) {
                    throw new RuleException(
                            Kind.VALUE,
                            field.name()
                                    + " inside a transformer: the event types that the rule"
                                    + " needs cannot be told",
                            transform.span());
                }
                if (argument instanceof Expr.Transform nested) {
                    checkTransformed(nested);
                }
            }
        }
    }

    private static BitSet types(Expr.Compare compare, boolean negated) {
        List<String> names =
                switch (compare.right()) {
                    case Expr.Operand operand ->
                            throw new RuleException(
                                    Kind.VALUE,
                                    "evt.type compared with a field: the event types that the rule needs"
                                            + " cannot be told",
                                    operand.span());
                    case Expr.Value value -> List.of(value.text());
                    case Expr.ValueList list -> list.values();
                };
        boolean inverse;
        switch (compare.operator()) {
            case EQ, EQEQ, IN -> inverse = negated;
            case NE -> inverse = !negated;
            default -> {
                return all();
            }
        }
        if (compare.quantifier() != null) {
            return all();
        }
        BitSet result = new BitSet();
        names.forEach(name -> result.or(EventNames.codes(name)));
        if (inverse) {
            result.flip(0, EventType.count());
        }
        return result;
    }

    /** Event numbers start at 1: some comparisons never hold, some always. */
    private static BitSet numbers(Expr.Compare compare, boolean negated) {
        boolean never;
        boolean always;
        if (compare.right() instanceof Expr.ValueList list && compare.quantifier() == null) {
            never = list.values().stream().allMatch(value -> number(value) == 0);
            always = false;
        } else if (compare.right() instanceof Expr.Value value) {
            long n = number(value.text());
            Operator operator = compare.operator();
            never =
                    switch (operator) {
                        case EQ, EQEQ, LE -> n == 0;
                        case LT -> n == 0 || n == 1;
                        case IN, INTERSECTS -> n == 0;
                        default -> false;
                    };
            always =
                    switch (operator) {
                        case NE, GT -> n == 0;
                        case GE -> n == 0 || n == 1;
                        default -> false;
                    };
        } else {
            return all();
        }
        return (negated ? always : never) ? new BitSet() : all();
    }

    private static long number(String value) {
        return ValueParser.number(value, FieldType.UINT64, NOWHERE);
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, EventType.count());
        return all;
    }
}
