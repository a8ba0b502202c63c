// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

import dev.torimono.rules.LoadCode;
import dev.torimono.rules.read.ExceptionItem;
import dev.torimono.rules.read.ExceptionItem.Entry;
import dev.torimono.rules.read.ExceptionItem.Many;
import dev.torimono.rules.read.ExceptionItem.One;
import dev.torimono.rules.read.LoadException;
import dev.torimono.rules.read.Passage;
import dev.torimono.rules.read.RuleItem;
import java.util.List;

/**
 * Writes a rule's exceptions into its condition, as text: quoting is as naive as Falco's, because
 * rules rely on it.
 */
public final class ExceptionText {
    private final Passage.Builder out = new Passage.Builder();
    private final RuleItem rule;

    private ExceptionText(RuleItem rule) {
        this.rule = rule;
    }

    /** The rule's condition with its exceptions. */
    public static Passage condition(RuleItem rule) {
        return rule.exceptions().isEmpty() ? rule.condition() : new ExceptionText(rule).write();
    }

    private Passage write() {
        Passage condition = rule.condition();
        out.put("(", condition, 0).append(condition);
        out.put(")", condition, condition.text().length());
        for (ExceptionItem exception : rule.exceptions()) {
            if (!exception.values().isEmpty()) {
                if (exception.fields() instanceof Many fields) {
                    rows(exception, fields);
                } else if (exception.fields() instanceof One field
                        && exception.comps() instanceof One comp) {
                    values(exception, field, comp);
                }
            }
        }
        return out.build();
    }

    private void values(ExceptionItem exception, One field, One comp) {
        put(" and not (", field).append(Passage.of(field.scalar()));
        put(" " + comp.text() + " (", field);
        String separator = "";
        for (Entry value : exception.values()) {
            if (!(value instanceof One one)) {
                throw error("has one field, so each of its values must be single", exception);
            }
            put(separator, one);
            quoted(one);
            separator = ", ";
        }
        put("))", field);
    }

    private void rows(ExceptionItem exception, Many fields) {
        String separator = " and not ((";
        for (Entry row : exception.values()) {
            List<Entry> values = row instanceof Many many ? many.entries() : List.of();
            if (values.size() != fields.entries().size()) {
                throw error(
                        "has "
                                + fields.entries().size()
                                + " fields but a row of "
                                + (row instanceof One ? 1 : values.size())
                                + " values",
                        exception);
            }
            Passage first = origin(row, exception);
            out.put(separator, first, 0);
            row(exception, fields, values);
            out.put(")", first, 0);
            separator = " or (";
        }
        out.put(")", origin(exception.values().getFirst(), exception), 0);
    }

    private void row(ExceptionItem exception, Many fields, List<Entry> values) {
        List<Entry> comps = exception.comps() instanceof Many many ? many.entries() : List.of();
        for (int i = 0; i < values.size(); i++) {
            One field = single(fields.entries().get(i), exception);
            One comp = single(comps.get(i), exception);
            put(i == 0 ? " " : " and  ", field).append(Passage.of(field.scalar()));
            put(" " + comp.text() + " ", field);
            switch (values.get(i)) {
                case Many list -> list(list, field, exception);
                case One value -> {
                    boolean wrap =
                            ExceptionCheck.isListOperator(comp.text().strip())
                                    && !value.text().startsWith("(");
                    if (wrap) {
                        put("(", value).append(Passage.of(value.scalar()));
                        put(")", value);
                    } else if (ExceptionCheck.isListOperator(comp.text().strip())) {
                        out.append(Passage.of(value.scalar()));
                    } else {
                        quoted(value);
                    }
                }
            }
        }
    }

    private void list(Many list, One field, ExceptionItem exception) {
        put("(", field);
        String separator = "";
        for (Entry value : list.entries()) {
            One one = single(value, exception);
            put(separator, one);
            quoted(one);
            separator = ", ";
        }
        put(")", field);
    }

    private void quoted(One value) {
        if (ListTable.needsQuotes(value.text())) {
            put("\"", value).append(Passage.of(value.scalar()));
            put("\"", value);
        } else {
            out.append(Passage.of(value.scalar()));
        }
    }

    private Passage.Builder put(String ours, One origin) {
        return ours.isEmpty() ? out : out.put(ours, Passage.of(origin.scalar()), 0);
    }

    private Passage origin(Entry entry, ExceptionItem exception) {
        return switch (entry) {
            case One one -> Passage.of(one.scalar());
            case Many many ->
                    many.entries().isEmpty()
                            ? rule.condition()
                            : origin(many.entries().getFirst(), exception);
        };
    }

    private One single(Entry entry, ExceptionItem exception) {
        if (entry instanceof One one) {
            return one;
        }
        throw error("has a list where a single value must stand", exception);
    }

    private LoadException error(String message, ExceptionItem exception) {
        return new LoadException(
                LoadCode.LOAD_ERR_VALIDATE,
                "exception '" + exception.name() + "' " + message,
                exception.at(),
                "rule \"" + rule.name() + "\"");
    }
}
