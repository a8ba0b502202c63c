// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.ParamType;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleException.Kind;
import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.field.FieldType;
import dev.torimono.rules.field.FieldUse;
import dev.torimono.rules.field.Guess;
import dev.torimono.rules.field.Parameters;
import dev.torimono.rules.plan.Source.Several;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Span;
import dev.torimono.rules.syntax.Transformer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks fields and transformers, and gives them types. */
public final class SourceCompiler {
    private final FieldCatalog catalog;
    private final String source;

    public SourceCompiler(FieldCatalog catalog, String source) {
        this.catalog = catalog;
        this.source = source;
    }

    /** An operand left of an operator, or one that an output prints. */
    TypedSource left(Expr.Operand operand) {
        return switch (operand) {
            case Expr.FieldRef field -> field(field);
            case Expr.Transform transform -> transform(transform, false);
        };
    }

    /** An operand right of an operator. */
    TypedSource right(Expr.Operand operand) {
        return switch (operand) {
            case Expr.FieldRef field -> rightField(field);
            case Expr.Transform transform -> transform(transform, true);
        };
    }

    private TypedSource field(Expr.FieldRef ref) {
        FieldUse use = catalog.use(ref.name(), ref.argument(), source, ref.span());
        return of(use);
    }

    static TypedSource of(FieldUse use) {
        FieldType type = use.field().type();
        if (type == FieldType.DYN) {
            type = parameterType(use.argument());
        }
        Several several = use.field().list() ? Several.LIST_SOME : Several.NO;
        return new TypedSource(
                new Source.OfField(use, several),
                type,
                use.field().list(),
                use.field(),
                use.text());
    }

    private static FieldType parameterType(@Nullable String name) {
        ParamType type = name == null ? null : Parameters.type(name);
        if (type == null) {
            return FieldType.BYTEBUF;
        }
        return switch (type) {
            case CHARBUF, FSPATH, FSRELPATH -> FieldType.CHARBUF;
            case INT8, INT16 -> FieldType.INT16;
            case INT32 -> FieldType.INT32;
            case INT64, ERRNO, FD, PID, FD32, PID32 -> FieldType.INT64;
            case UINT8, FLAGS8, ENUMFLAGS8, SIGTYPE -> FieldType.UINT8;
            case UINT16, FLAGS16, ENUMFLAGS16, PORT, SYSCALLID -> FieldType.UINT16;
            case UINT32, FLAGS32, ENUMFLAGS32, MODE, UID, GID, SIGSET -> FieldType.UINT32;
            case UINT64 -> FieldType.UINT64;
            case RELTIME -> FieldType.RELTIME;
            case ABSTIME -> FieldType.ABSTIME;
            case IPV4ADDR, IPV6ADDR -> FieldType.IPADDR;
            case BYTEBUF, CHARBUFARRAY, CHARBUF_PAIR_ARRAY, SOCKADDR, SOCKTUPLE, FDLIST, DYN ->
                    FieldType.BYTEBUF;
        };
    }

    private TypedSource rightField(Expr.FieldRef ref) {
        TypedSource typed = field(ref);
        Field field = typed.field();
        if (field != null && field.is(Field.Trait.NO_RIGHT_SIDE)) {
            throw new RuleException(
                    Kind.TYPE,
                    typed.text() + ": this field cannot stand right of an operator",
                    ref.span());
        }
        return typed;
    }

    private TypedSource transform(Expr.Transform call, boolean right) {
        Transformer transformer = transformer(call.name());
        if (transformer == null || (transformer == Transformer.VAL && !right)) {
            List<String> names =
                    Arrays.stream(Transformer.values()).map(Transformer::text).toList();
            throw error(
                    Kind.SYNTAX,
                    "unknown transformer " + call.name() + Guess.among(call.name(), names),
                    call.span());
        }
        if (call.argument() != null && transformer != Transformer.GETOPT) {
            throw error(
                    Kind.SYNTAX,
                    transformer.text() + "() takes no argument in brackets",
                    call.span());
        }
        List<TypedSource> arguments = new ArrayList<>();
        for (Expr.Argument argument : call.arguments()) {
            arguments.add(argument(argument, transformer, right));
        }
        return switch (transformer) {
            case VAL -> single(call, arguments);
            case TOLOWER, TOUPPER, BASENAME, B64, LEN -> simple(transformer, call, arguments);
            case JOIN -> join(call, arguments);
            case CONCAT -> concat(call, arguments);
            case GETOPT -> getopt(call, arguments);
        };
    }

    private static @Nullable Transformer transformer(String name) {
        for (Transformer transformer : Transformer.values()) {
            if (transformer.text().equals(name)) {
                return transformer;
            }
        }
        return null;
    }

    private TypedSource argument(Expr.Argument argument, Transformer into, boolean right) {
        return switch (argument) {
            case Expr.FieldRef ref -> {
                TypedSource typed = right ? rightField(ref) : field(ref);
                Field field = typed.field();
                if (into != Transformer.VAL
                        && field != null
                        && field.is(Field.Trait.NO_TRANSFORMER)) {
                    throw error(
                            Kind.TYPE,
                            typed.text() + ": this field takes no transformer",
                            ref.span());
                }
                yield typed;
            }
            case Expr.Transform nested -> transform(nested, right);
            case Expr.Value value ->
                    new TypedSource(
                            new Source.Literal(ValueParser.bytes(value.text())),
                            FieldType.CHARBUF,
                            false,
                            null,
                            value.text());
            case Expr.ArgumentList list -> listed(list, into, right);
        };
    }

    private TypedSource listed(Expr.ArgumentList list, Transformer into, boolean right) {
        List<Source> parts = new ArrayList<>();
        for (Expr.Argument part : list.parts()) {
            TypedSource typed = argument(part, into, right);
            if (typed.list()) {
                throw error(Kind.TYPE, "elements of a list must be single values", part.span());
            }
            parts.add(asText(typed, part.span()));
        }
        return new TypedSource(
                new Source.Listed(parts, Several.LIST_SOME), FieldType.CHARBUF, true, null, "list");
    }

    private static Source asText(TypedSource typed, Span span) {
        return switch (typed.type()) {
            case CHARBUF, FSPATH, FSRELPATH, BYTEBUF -> typed.source();
            case IPADDR, IPNET, BOOL, DOUBLE ->
                    throw error(
                            Kind.TYPE,
                            typed.text() + ": elements of a list must be strings or numbers",
                            span);
            default -> new Source.Digits(typed.source(), typed.type().isSigned());
        };
    }

    private static TypedSource single(Expr.Transform call, List<TypedSource> arguments) {
        if (arguments.size() != 1) {
            throw error(Kind.SYNTAX, call.name() + "() takes one argument", call.span());
        }
        return arguments.getFirst();
    }

    private static TypedSource simple(
            Transformer transformer, Expr.Transform call, List<TypedSource> arguments) {
        TypedSource of = single(call, arguments);
        boolean fits =
                switch (transformer) {
                    case B64 -> of.type() == FieldType.CHARBUF || of.type() == FieldType.BYTEBUF;
                    case LEN -> of.isText() || of.type() == FieldType.BYTEBUF || of.list();
                    default -> of.isText();
                };
        if (!fits) {
            throw error(
                    Kind.TYPE,
                    transformer.text()
                            + "() does not take a value of type "
                            + of.type()
                            + " ("
                            + of.text()
                            + ")",
                    call.span());
        }
        boolean length = transformer == Transformer.LEN;
        boolean list = of.list() && !length;
        return typed(
                transformer,
                List.of(of.source()),
                null,
                list,
                length ? FieldType.UINT64 : of.type(),
                call.name() + "(" + of.text() + ")");
    }

    private static TypedSource typed(
            Transformer transformer,
            List<Source> arguments,
            @Nullable String argument,
            boolean list,
            FieldType type,
            String text) {
        Several several = list ? Several.LIST_SOME : Several.NO;
        return new TypedSource(
                new Source.Transformed(transformer, arguments, argument, list, several),
                type,
                list,
                null,
                text);
    }

    private static TypedSource join(Expr.Transform call, List<TypedSource> arguments) {
        if (arguments.size() != 2) {
            throw error(Kind.TYPE, "join() takes two arguments: separator and list", call.span());
        }
        TypedSource separator = arguments.get(0);
        TypedSource list = arguments.get(1);
        if (separator.list() || !separator.isText()) {
            throw error(Kind.TYPE, "join(): the separator must be a single string", call.span());
        }
        if (!list.list()) {
            throw error(Kind.TYPE, "join(): the second argument must be a list", call.span());
        }
        return typed(
                Transformer.JOIN,
                List.of(separator.source(), list.source()),
                null,
                false,
                FieldType.CHARBUF,
                "join()");
    }

    private static TypedSource concat(Expr.Transform call, List<TypedSource> arguments) {
        boolean strings = arguments.stream().allMatch(a -> a.isText() && !a.list());
        if (arguments.size() < 2 || !strings) {
            throw error(Kind.TYPE, "concat() takes two or more single strings", call.span());
        }
        return typed(
                Transformer.CONCAT,
                arguments.stream().map(TypedSource::source).toList(),
                null,
                false,
                FieldType.CHARBUF,
                "concat()");
    }

    private static TypedSource getopt(Expr.Transform call, List<TypedSource> arguments) {
        if (arguments.size() != 2) {
            throw error(Kind.TYPE, "getopt() takes two arguments: list and options", call.span());
        }
        TypedSource list = arguments.get(0);
        TypedSource options = arguments.get(1);
        if (!list.list() || !list.isText()) {
            throw error(Kind.TYPE, "getopt(): the first argument must be a list", call.span());
        }
        if (options.list() || !options.isText()) {
            throw error(Kind.TYPE, "getopt(): the options must be a single string", call.span());
        }
        String option = call.argument();
        if (option != null && option.length() != 1) {
            throw error(Kind.TYPE, "getopt()[]: the argument must be one character", call.span());
        }
        return typed(
                Transformer.GETOPT,
                List.of(list.source(), options.source()),
                option,
                option == null,
                FieldType.CHARBUF,
                "getopt()");
    }

    private static RuleException error(Kind kind, String message, Span span) {
        return new RuleException(kind, message, span);
    }
}
