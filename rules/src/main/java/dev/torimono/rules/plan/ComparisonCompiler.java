// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Text;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleException.Kind;
import dev.torimono.rules.field.EventNames;
import dev.torimono.rules.field.FieldType;
import dev.torimono.rules.field.Readers;
import dev.torimono.rules.plan.Source.Several;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Operator;
import dev.torimono.rules.syntax.Quantifier;
import dev.torimono.rules.syntax.Span;
import java.util.ArrayList;
import java.util.List;

/** Checks one comparison against the type of its left side. */
final class ComparisonCompiler {
    private final SourceCompiler sources;
    private final WarningCollector warnings;

    ComparisonCompiler(SourceCompiler sources, WarningCollector warnings) {
        this.sources = sources;
        this.warnings = warnings;
    }

    Node compile(Expr.Compare compare) {
        TypedSource left = sources.left(compare.left());
        warnings.left(left, compare.left().span());
        Operator operator = compare.operator();
        checkOperator(left, operator, compare.quantifier() != null, compare.span());
        return switch (compare.right()) {
            case Expr.Operand right -> pair(left, compare, sources.right(right));
            case Expr.Value value -> {
                warnings.value(left, operator, value.text(), value.span());
                yield operator.takesList()
                        ? list(left, operator, List.of(value.text()), value.span())
                        : single(left, operator, value.text(), value.span());
            }
            case Expr.ValueList values -> {
                for (String value : values.values()) {
                    warnings.value(left, operator, value, values.span());
                }
                yield compare.quantifier() == null
                        ? list(left, operator, values.values(), values.span())
                        : quantified(left, compare, values);
            }
        };
    }

    private Node quantified(TypedSource left, Expr.Compare compare, Expr.ValueList values) {
        Quantifier quantifier = compare.quantifier();
        List<Node> parts = new ArrayList<>();
        for (String value : values.values()) {
            parts.add(single(left, compare.operator(), value, values.span()));
        }
        if (parts.isEmpty() || quantifier == null) {
            return Node.FALSE;
        }
        return switch (quantifier) {
            case ANY_OF -> new Node.Any(parts);
            case ALL_OF -> new Node.All(parts);
            case ONE_OF -> new Node.One(parts);
        };
    }

    private Node pair(TypedSource left, Expr.Compare compare, TypedSource right) {
        Operator operator = compare.operator();
        Span span = compare.right().span();
        if (left.field() != null
                && left.field().is(dev.torimono.rules.field.Field.Trait.NO_RIGHT_SIDE)) {
            throw new RuleException(
                    Kind.TYPE,
                    left.text() + ": this field compares with values only, not with fields",
                    span);
        }
        switch (operator) {
            case REGEX, PMATCH, BCONTAINS, BSTARTSWITH, EXISTS ->
                    throw new RuleException(
                            Kind.TYPE,
                            operator.text() + " compares with values only, not with fields",
                            span);
            default -> {
                if (left.type() != right.type() || left.list() != right.list()) {
                    throw new RuleException(
                            Kind.TYPE,
                            left.text()
                                    + " is "
                                    + type(left)
                                    + ", but "
                                    + right.text()
                                    + " is "
                                    + type(right),
                            span);
                }
            }
        }
        Source leftSource = left.source();
        boolean numbers =
                !left.isText()
                        && left.type() != FieldType.BYTEBUF
                        && left.type() != FieldType.IPADDR;
        return new Node.Pair(leftSource, right.source(), PairOperator.of(operator), numbers);
    }

    private static String type(TypedSource source) {
        return (source.list() ? "a list of " : "a ") + source.type();
    }

    private static void checkOperator(
            TypedSource left, Operator operator, boolean quantified, Span span) {
        if (!fits(left, operator)) {
            throw new RuleException(
                    Kind.TYPE,
                    operator.text()
                            + " does not apply to "
                            + left.text()
                            + ", which is "
                            + type(left)
                            + (quantified ? ", with several values" : ""),
                    span);
        }
    }

    private static boolean fits(TypedSource left, Operator operator) {
        if (left.list()) {
            return operator == Operator.IN || operator == Operator.INTERSECTS;
        }
        return switch (left.type()) {
            case CHARBUF, FSPATH, FSRELPATH ->
                    operator != Operator.BCONTAINS && operator != Operator.BSTARTSWITH;
            case BYTEBUF ->
                    switch (operator) {
                        case EQ,
                                EQEQ,
                                NE,
                                CONTAINS,
                                STARTSWITH,
                                ENDSWITH,
                                BCONTAINS,
                                BSTARTSWITH,
                                IN,
                                INTERSECTS ->
                                true;
                        default -> false;
                    };
            case BOOL, IPADDR, IPNET ->
                    switch (operator) {
                        case EQ, EQEQ, NE, IN, INTERSECTS -> true;
                        default -> false;
                    };
            default ->
                    switch (operator) {
                        case EQ, EQEQ, NE, LT, LE, GT, GE, IN, INTERSECTS -> true;
                        default -> false;
                    };
        };
    }

    private Node list(TypedSource left, Operator operator, List<String> values, Span span) {
        checkNames(left, values, span);
        if (left.list()) {
            return new Node.Test(
                    left.source()
                            .comparing(
                                    operator == Operator.IN
                                            ? Several.LIST_EVERY
                                            : Several.LIST_SOME),
                    among(left, values, span));
        }
        Source source = candidates(left, false);
        if (operator == Operator.PMATCH) {
            List<Text> paths = values.stream().map(v -> ValueParser.text(v, span)).toList();
            return new Node.Test(source, new Match.UnderPath(new PathSet(paths)));
        }
        Match match = among(left, values, span);
        // Falco's own lookup of fd.ip in a set never finds anything; rules rely on what they see.
        boolean never = operator == Operator.IN && left.isNamed("fd.ip");
        return never || values.isEmpty() ? Node.FALSE : new Node.Test(source, match);
    }

    private Match among(TypedSource left, List<String> values, Span span) {
        if (left.isText()) {
            return new Match.AmongTexts(
                    values.stream().map(v -> ValueParser.text(v, span)).toList());
        }
        return switch (left.type()) {
            case BYTEBUF -> new Match.AmongTexts(values.stream().map(ValueParser::bytes).toList());
            case IPADDR ->
                    new Match.AmongAddresses(
                            values.stream().map(v -> ValueParser.address(v, span)).toList());
            case IPNET ->
                    new Match.InNetworks(
                            values.stream().map(v -> ValueParser.network(v, span)).toList());
            case DOUBLE ->
                    new Match.AmongNumbers(
                            values.stream()
                                    .map(
                                            v ->
                                                    Double.doubleToRawLongBits(
                                                            (double) number(v, left.type(), span)))
                                    .toList());
            default ->
                    new Match.AmongNumbers(
                            values.stream().map(v -> number(v, left.type(), span)).toList());
        };
    }

    private static long number(String value, FieldType type, Span span) {
        return switch (type) {
            case BOOL -> ValueParser.bool(value, span) ? 1 : 0;
            case PORT -> ValueParser.port(value, span);
            default -> ValueParser.number(value, type, span);
        };
    }

    private Node single(TypedSource left, Operator operator, String value, Span span) {
        checkNames(left, List.of(value), span);
        boolean negated = operator == Operator.NE;
        Source source = candidates(left, negated);
        if (left.isNamed("evt.around") && (operator == Operator.EQ || operator == Operator.EQEQ)) {
            long window = ValueParser.number(value, left.type(), span);
            return new Node.Test(source, new Match.NumberOrder(PairOperator.LE, window, false));
        }
        Match match =
                left.isText() || left.type() == FieldType.BYTEBUF
                        ? textMatch(left, operator, value, span)
                        : valueMatch(left, operator, value, span);
        return new Node.Test(source, match);
    }

    private Match textMatch(TypedSource left, Operator operator, String value, Span span) {
        return switch (operator) {
            case EQ, EQEQ -> new Match.AmongTexts(List.of(text(left, value, span)));
            case NE -> new Match.Other(new Match.AmongTexts(List.of(text(left, value, span))));
            case LT, LE, GT, GE ->
                    new Match.TextOrder(PairOperator.of(operator), text(left, value, span));
            case CONTAINS -> new Match.Contains(text(left, value, span), false);
            case ICONTAINS -> new Match.Contains(text(left, value, span), true);
            case BCONTAINS -> new Match.Contains(ValueParser.hex(value, span), false);
            case STARTSWITH -> new Match.StartsWith(text(left, value, span));
            case BSTARTSWITH -> new Match.StartsWith(ValueParser.hex(value, span));
            case ENDSWITH -> new Match.EndsWith(text(left, value, span));
            case GLOB -> new Match.Glob(text(left, value, span), false);
            case IGLOB -> new Match.Glob(text(left, value, span), true);
            case REGEX -> RegexSyntax.compile(value, span);
            case IN, INTERSECTS, PMATCH, EXISTS ->
                    throw new IllegalArgumentException(operator + " takes no single value");
        };
    }

    private static Text text(TypedSource left, String value, Span span) {
        return left.isText() ? ValueParser.text(value, span) : ValueParser.bytes(value);
    }

    private static Match valueMatch(TypedSource left, Operator operator, String value, Span span) {
        PairOperator order = PairOperator.of(operator);
        boolean negated = order == PairOperator.NE;
        return switch (left.type()) {
            case IPADDR ->
                    unless(
                            negated,
                            new Match.AmongAddresses(List.of(ValueParser.address(value, span))));
            case IPNET ->
                    unless(
                            negated,
                            new Match.InNetworks(List.of(ValueParser.network(value, span))));
            case DOUBLE ->
                    new Match.DoubleOrder(
                            order, (double) ValueParser.number(value, left.type(), span));
            default ->
                    new Match.NumberOrder(
                            order, number(value, left.type(), span), left.type().isSigned());
        };
    }

    private static Match unless(boolean negated, Match match) {
        return negated ? new Match.Other(match) : match;
    }

    /** Fields with candidates compare with each; both ends of a connection must all differ. */
    private static Source candidates(TypedSource left, boolean negated) {
        if (left.source() instanceof Source.OfField field
                && field.several() == Several.NO
                && Readers.candidates(field.use()) != null) {
            boolean ends = field.use().field().name().startsWith("fd.");
            return field.comparing(ends && negated ? Several.EVERY : Several.ANY);
        }
        return left.source();
    }

    private static void checkNames(TypedSource left, List<String> values, Span span) {
        if (left.isNamed("evt.type")) {
            for (String value : values) {
                if (!EventNames.isKnown(value)) {
                    throw EventNames.unknown(value, span);
                }
            }
        }
    }
}
