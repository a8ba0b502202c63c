// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.format;

import dev.torimono.rules.RuleException;
import dev.torimono.rules.RuleException.Kind;
import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.format.OutputTemplate.Token;
import dev.torimono.rules.plan.Reading;
import dev.torimono.rules.plan.Warning;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Span;
import dev.torimono.rules.syntax.Transformer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses output templates.
 *
 * <pre>
 * template = [ "*" ] { text | "%" [ width ] ( field | call ) } ;
 * </pre>
 *
 * where a field or call is the longest stretch that is a valid one. There is no escape for a
 * percent sign.
 */
final class TemplateParser {
    private static final int MAX_WIDTH = 10_000;

    private final String text;
    private final String source;
    private final FieldCatalog catalog;
    private final Reading reading;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final Set<String> warned = new HashSet<>();
    private int at;

    TemplateParser(String text, String source, FieldCatalog catalog) {
        this.text = text;
        this.source = source;
        this.catalog = catalog;
        this.reading = new Reading(catalog, source);
    }

    OutputTemplate parse() {
        boolean lenient = text.startsWith("*");
        at = lenient ? 1 : 0;
        while (at < text.length()) {
            int percent = text.indexOf('%', at);
            int end = percent < 0 ? text.length() : percent;
            if (end > at) {
                tokens.add(new Token.Literal(text.substring(at, end)));
            }
            at = end;
            if (percent >= 0) {
                field();
            }
        }
        return new OutputTemplate(tokens, lenient, reading, warnings);
    }

    private void field() {
        int start = at++;
        int width = width();
        if (at == text.length()) {
            throw error("a template cannot end with %", start, at);
        }
        int nameEnd = nameEnd(at);
        if (nameEnd < text.length() && text.charAt(nameEnd) == '(' && nameEnd > at) {
            call(start, nameEnd, width);
            return;
        }
        String name = text.substring(at, nameEnd);
        for (int end = nameEnd; end > at; end--) {
            String candidate = text.substring(at, end);
            int bracket = end == nameEnd ? bracketEnd(end) : -1;
            if (bracket > 0 && add(candidate, argument(end, bracket), start, bracket, width)) {
                return;
            }
            if (add(candidate, null, start, end, width)) {
                return;
            }
        }
        throw unknown(name, start, Math.max(nameEnd, start + 1));
    }

    private RuleException unknown(String name, int start, int end) {
        String why = name.isEmpty() ? "no field follows %" : "unknown field in output: " + name;
        if (name.indexOf('.') > 0) {
            try {
                catalog.use(name, null, source, new Span(start, end));
            } catch (RuleException e) {
                why = e.getMessage();
            }
        }
        return error(why, start, end);
    }

    /** Adds the field if it is one; the cursor is then behind it. */
    private boolean add(String name, @Nullable String argument, int start, int end, int width) {
        String whole = argument == null ? name : name + "[" + argument + "]";
        Field field = name.indexOf('.') < 0 ? null : catalog.find(whole, source);
        if (field == null) {
            return false;
        }
        Span span = new Span(start, end);
        add(new Expr.FieldRef(name, argument, span), width);
        at = end;
        return true;
    }

    private void add(Expr.Operand operand, int width) {
        Reading.Entry entry;
        List<Token.Part> parts = new ArrayList<>();
        try {
            entry = reading.entry(operand);
            collect(operand, parts);
        } catch (RuleException e) {
            throw new RuleException(Kind.UNKNOWN_OUTPUT_TOKEN, e.getMessage(), operand.span());
        }
        tokens.add(new Token.FieldToken(entry, width, parts));
    }

    private void call(int start, int open, int width) {
        String name = text.substring(at, open);
        boolean known = false;
        for (Transformer transformer : Transformer.values()) {
            known |= transformer.text().equals(name) && transformer != Transformer.VAL;
        }
        int close = known ? closing(open) : -1;
        if (close < 0) {
            throw error("unknown transformer or unclosed call in output: " + name, start, open);
        }
        int bracket = bracketEnd(close + 1);
        int end = bracket > 0 ? bracket : close + 1;
        String call = text.substring(at, end);
        Expr parsed;
        try {
            parsed = ConditionParser.parse(call + " exists");
        } catch (RuleException e) {
            throw error("unusable call in output: " + e.getMessage(), start, end);
        }
        if (!(parsed instanceof Expr.Exists exists)
                || !(exists.left() instanceof Expr.Transform transform)) {
            throw error("unusable call in output: " + call, start, end);
        }
        add(moved(transform, start, end), width);
        at = end;
    }

    private static Expr.Transform moved(Expr.Transform call, int start, int end) {
        return new Expr.Transform(
                call.name(), call.arguments(), call.argument(), new Span(start, end));
    }

    /** Every field inside, then what transformers make of arguments and of the whole. */
    private void collect(Expr.Operand operand, List<Token.Part> parts) {
        Reading.Entry entry = reading.entry(operand);
        if (operand instanceof Expr.FieldRef ref) {
            Field field = entry.field();
            if (field != null && Reading.isDeprecated(field) && warned.add(field.name())) {
                warnings.add(
                        new Warning(
                                Warning.Kind.LOAD_DEPRECATED_ITEM,
                                field.name() + " is deprecated and always prints the same",
                                ref.span()));
            }
        } else {
            base(operand, parts);
        }
        parts.add(
                new Token.Part(OperandText.of(operand), entry, operand instanceof Expr.Transform));
    }

    /** What a chain of single-argument transformers stands on. */
    private void base(Expr.Operand operand, List<Token.Part> parts) {
        if (operand instanceof Expr.FieldRef) {
            collect(operand, parts);
        } else if (operand instanceof Expr.Transform transform) {
            arguments(transform.arguments(), parts);
        }
    }

    /** The last argument counts as part of the call: only the fields inside it are listed. */
    private void arguments(List<Expr.Argument> arguments, List<Token.Part> parts) {
        for (int i = 0; i < arguments.size(); i++) {
            boolean last = i == arguments.size() - 1;
            switch (arguments.get(i)) {
                case Expr.FieldRef ref -> collect(ref, parts);
                case Expr.Transform nested -> {
                    if (last) {
                        base(nested, parts);
                    } else {
                        collect(nested, parts);
                    }
                }
                case Expr.ArgumentList list -> arguments(list.parts(), parts);
                case Expr.Value value -> {}
            }
        }
    }

    private int width() {
        int from = at;
        while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
            at++;
        }
        if (at - from > 4 || (at > from && Integer.parseInt(text, from, at, 10) > MAX_WIDTH)) {
            throw error("width of an output field above " + MAX_WIDTH, from, at);
        }
        return at == from ? 0 : Integer.parseInt(text, from, at, 10);
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c >= 128 || (!Character.isLetterOrDigit(c) && c != '_' && c != '.')) {
                break;
            }
            end++;
        }
        return end;
    }

    /** One past the bracket that closes the one at a place; -1 when there is none. */
    private int bracketEnd(int open) {
        if (open >= text.length() || text.charAt(open) != '[') {
            return -1;
        }
        int first = open + 1;
        if (first < text.length() && (text.charAt(first) == '"' || text.charAt(first) == '\'')) {
            int quote = text.indexOf(text.charAt(first), first + 1);
            return quote > 0 && quote + 1 < text.length() && text.charAt(quote + 1) == ']'
                    ? quote + 2
                    : -1;
        }
        int close = text.indexOf(']', open);
        return close < 0 ? -1 : close + 1;
    }

    private String argument(int open, int end) {
        String inner = text.substring(open + 1, end - 1);
        boolean quoted = inner.length() >= 2 && (inner.startsWith("\"") || inner.startsWith("'"));
        return quoted ? inner.substring(1, inner.length() - 1) : inner;
    }

    private int closing(int open) {
        int depth = 0;
        char quote = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == quote && text.charAt(i - 1) != '\\') {
                    quote = 0;
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private static RuleException error(String message, int start, int end) {
        return new RuleException(Kind.UNKNOWN_OUTPUT_TOKEN, message, new Span(start, end));
    }
}
