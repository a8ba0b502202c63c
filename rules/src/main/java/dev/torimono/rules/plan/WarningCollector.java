// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.rules.field.Field;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.Warning.Kind;
import dev.torimono.rules.syntax.Operator;
import dev.torimono.rules.syntax.Span;
import dev.torimono.rules.syntax.Transformer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Notes what loads but is probably not meant. */
final class WarningCollector {
    /** Literal text between optional anchors and stars of anything: no regex is needed for it. */
    private static final Pattern SIMPLE_REGEX =
            Pattern.compile("\\^?(\\.\\*)?[A-Za-z0-9_/ -]+(\\.\\*)?\\$?");

    private final FieldCatalog catalog;
    private final String source;
    private final List<Warning> warnings = new ArrayList<>();
    private final Set<String> deprecated = new HashSet<>();
    private int noticed;

    WarningCollector(FieldCatalog catalog, String source) {
        this.catalog = catalog;
        this.source = source;
    }

    List<Warning> warnings() {
        return warnings;
    }

    /** How often something was worth a warning, told or not. */
    int noticed() {
        return noticed;
    }

    private void warn(Kind kind, String message, Span span) {
        noticed++;
        warnings.add(new Warning(kind, message, span));
    }

    void left(TypedSource left, Span span) {
        Field field = left.field();
        if (field == null || !isDeprecated(field)) {
            return;
        }
        noticed++;
        if (deprecated.add(field.name())) {
            String why =
                    field.name().equals("evt.dir")
                            ? "evt.dir: events are told when a call returns, so it is always <;"
                                    + " leave it out"
                            : field.name() + ": always 0 since calls are told once; leave it out";
            warn(Kind.LOAD_DEPRECATED_ITEM, why, span);
        }
    }

    /** Whether using the field is worth a warning; plugins keep old fields without one. */
    static boolean isDeprecated(Field field) {
        return field.is(Field.Trait.DEPRECATED) && field.provider() == Field.Provider.SYSCALL;
    }

    void value(TypedSource left, Operator operator, String value, Span span) {
        if (value.equals("<NA>") && isEquality(operator) && isAudit(left)) {
            warn(
                    Kind.LOAD_UNSAFE_NA_CHECK,
                    left.text() + " compared with <NA>: use '" + left.text() + " exists'",
                    span);
        }
        if (!left.isText()) {
            return;
        }
        if (operator == Operator.REGEX && SIMPLE_REGEX.matcher(value).matches()) {
            warn(
                    Kind.LOAD_COMPILE_CONDITION,
                    "regex '"
                            + value
                            + "' says no more than =, contains, startswith or endswith"
                            + " would, which are faster",
                    span);
        }
        looksLikeField(value, span);
    }

    private void looksLikeField(String value, Span span) {
        if (value.indexOf('.') > 0
                && value.charAt(0) != '/'
                && catalog.find(value, source) != null) {
            warn(
                    Kind.LOAD_COMPILE_CONDITION,
                    "'"
                            + value
                            + "' is a field's name taken as a text; val("
                            + value
                            + ") is its value",
                    span);
            return;
        }
        if (!value.endsWith(")")) {
            return;
        }
        for (Transformer transformer : Transformer.values()) {
            String call = transformer.text() + "(";
            if (value.startsWith(call)) {
                String argument = value.substring(call.length(), value.length() - 1).strip();
                if (catalog.find(argument, source) != null) {
                    warn(
                            Kind.LOAD_COMPILE_CONDITION,
                            "'" + value + "' is a transformer's call taken as a text",
                            span);
                }
            }
        }
    }

    private static boolean isEquality(Operator operator) {
        return operator == Operator.EQ
                || operator == Operator.EQEQ
                || operator == Operator.NE
                || operator.takesList();
    }

    private static boolean isAudit(TypedSource left) {
        Field field = left.field();
        return field != null
                && (field.provider() == Field.Provider.K8S_AUDIT
                        || field.name().startsWith("jevt."));
    }
}
