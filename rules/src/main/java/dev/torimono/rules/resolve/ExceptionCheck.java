// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.LoadCode;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.read.ExceptionItem;
import dev.torimono.rules.read.ExceptionItem.Entry;
import dev.torimono.rules.read.ExceptionItem.Many;
import dev.torimono.rules.read.ExceptionItem.One;
import dev.torimono.rules.read.LoadException;
import dev.torimono.rules.read.Place;
import dev.torimono.rules.read.YamlNode;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.Operator;
import dev.torimono.rules.syntax.Quantifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the shape of exceptions and fills in the comparisons they leave out. */
final class ExceptionCheck {
    private final FieldCatalog catalog;

    ExceptionCheck(FieldCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Checks one that stands on its own.
     *
     * @param source whose fields it may use; empty when that is not known
     */
    ExceptionItem complete(ExceptionItem exception, String source, String rule) {
        Entry fields = exception.fields();
        if (fields == null || isEmpty(fields)) {
            throw error("needs 'fields'", exception, rule);
        }
        ExceptionItem complete = withDefaults(exception, fields);
        Entry comps = complete.comps();
        if (fields instanceof Many many) {
            checkList(many, comps, exception, rule);
        } else if (!(comps instanceof One one)) {
            throw error("has one field and several 'comps'", exception, rule);
        } else if (!isListOperator(one.text().strip())) {
            throw error(
                    "has one field, so 'comps' must be in, pmatch, intersects or an operator with"
                            + " oneof, anyof or allof",
                    exception,
                    rule);
        }
        if (!source.isEmpty()) {
            checkFields(fields, source, exception, rule);
        }
        return complete;
    }

    /** Fills in comparisons without any check. */
    List<ExceptionItem> defaults(List<ExceptionItem> exceptions) {
        List<ExceptionItem> complete = new ArrayList<>(exceptions.size());
        for (ExceptionItem exception : exceptions) {
            Entry fields = exception.fields();
            complete.add(fields == null ? exception : withDefaults(exception, fields));
        }
        return complete;
    }

    /** Adds one to those a rule has already: more values for one of the same name, or a new one. */
    void append(ExceptionItem more, List<ExceptionItem> all, String source, String rule) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).name().equals(more.name())) {
                if (isGiven(more.fields()) || isGiven(more.comps())) {
                    throw error("exists already: only 'values' can be appended to it", more, rule);
                }
                all.set(i, all.get(i).withMoreValues(more.values()));
                return;
            }
        }
        if (!isGiven(more.fields())) {
            throw error("is new, so it needs 'fields'", more, rule);
        }
        if (more.values().isEmpty()) {
            throw error("is new, so it needs 'values'", more, rule);
        }
        all.add(complete(more, source, rule));
    }

    private static ExceptionItem withDefaults(ExceptionItem exception, Entry fields) {
        if (isGiven(exception.comps())) {
            return exception;
        }
        return exception.withComps(
                fields instanceof Many many
                        ? new Many(
                                Collections.nCopies(many.entries().size(), one("=", many.at())),
                                many.at())
                        : one("in", fields.at()));
    }

    private static One one(String text, Place at) {
        return new One(new YamlNode.Scalar(text, YamlNode.Style.PLAIN, at));
    }

    private static void checkList(
            Many fields, @Nullable Entry comps, ExceptionItem exception, String rule) {
        int count = comps instanceof Many many ? many.entries().size() : 0;
        if (count != fields.entries().size()) {
            throw error(
                    "has " + fields.entries().size() + " 'fields' but " + count + " 'comps'",
                    exception,
                    rule);
        }
        if (comps instanceof Many many) {
            for (Entry comp : many.entries()) {
                String text = comp instanceof One one ? one.text().strip() : "";
                if (!isOperator(text)) {
                    throw error("compares with '" + text + "', no operator", exception, rule);
                }
            }
        }
    }

    private void checkFields(Entry fields, String source, ExceptionItem exception, String rule) {
        List<Entry> all = fields instanceof Many many ? many.entries() : List.of(fields);
        for (Entry field : all) {
            String text = field instanceof One one ? one.text() : "";
            if (!isField(text, source)) {
                throw error(
                        "uses '" + text + "', no field of source '" + source + "'",
                        exception,
                        rule);
            }
        }
    }

    /** A field, or a transformer's call on fields. */
    private boolean isField(String text, String source) {
        if (text.indexOf('(') < 0) {
            return catalog.find(text, source) != null;
        }
        try {
            return ConditionParser.parse(text + " exists") instanceof Expr.Exists exists
                    && areFields(exists.left(), source);
        } catch (RuleException e) {
            return false;
        }
    }

    private boolean areFields(Expr.Argument argument, String source) {
        return switch (argument) {
            case Expr.FieldRef field -> catalog.find(field.toString(), source) != null;
            case Expr.Transform transform ->
                    transform.arguments().stream().allMatch(each -> areFields(each, source));
            case Expr.ArgumentList list ->
                    list.parts().stream().allMatch(each -> areFields(each, source));
            case Expr.Value _ -> true;
        };
    }

    private static boolean isOperator(String text) {
        return Operator.of(text) != null || isQuantified(text);
    }

    /** Whether its right side is a list. */
    static boolean isListOperator(String text) {
        Operator operator = Operator.of(text);
        return operator == null ? isQuantified(text) : operator.takesList();
    }

    private static boolean isQuantified(String text) {
        int blank = text.lastIndexOf(' ');
        if (blank < 0) {
            return false;
        }
        Operator operator = Operator.of(text.substring(0, blank).strip());
        if (operator == null || operator.takesList() || operator.isOrdering()) {
            return false;
        }
        String word = text.substring(blank + 1);
        for (Quantifier quantifier : Quantifier.values()) {
            if (quantifier.text().equals(word)) {
                return operator != Operator.EXISTS;
            }
        }
        return false;
    }

    private static boolean isGiven(@Nullable Entry entry) {
        return entry != null && !isEmpty(entry);
    }

    private static boolean isEmpty(Entry entry) {
        return entry instanceof Many many && many.entries().isEmpty();
    }

    private static LoadException error(String message, ExceptionItem exception, String rule) {
        return new LoadException(
                LoadCode.LOAD_ERR_VALIDATE,
                "exception '" + exception.name() + "' " + message,
                exception.at(),
                rule);
    }
}
