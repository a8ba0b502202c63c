// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Grounds;
import dev.torimono.model.Observation;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.format.OutputTemplate;
import dev.torimono.rules.plan.Proof;
import dev.torimono.rules.syntax.ConditionParser;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.FieldUses;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds why one rule matched: walks its condition as written beside what that resolved to, so that
 * what held can be shown in the text its author knows. Made when the rule first matches; used by
 * one thread.
 */
final class GroundsFinder {
    /** Longer conditions are not sent with each alert. */
    private static final int MAX_CONDITION = 16 << 10;

    private static final int MAX_PARTS = 64;
    private static final int MAX_VALUES = 32;
    private static final int MAX_VALUE = 256;

    private final Rule rule;
    private final Proof proof;
    private final @Nullable Expr written;
    private final FieldCatalog catalog;
    private final Map<String, Optional<OutputTemplate>> templates = new HashMap<>();

    /**
     * @param proof its condition, resolved
     * @param excepted whether exceptions stand behind what was written
     */
    GroundsFinder(Rule rule, Proof proof, boolean excepted, FieldCatalog catalog) {
        this.rule = rule;
        this.catalog = catalog;
        boolean first = excepted && !proof.parts().isEmpty();
        this.proof = first ? proof.parts().getFirst() : proof;
        this.written = parse(rule.conditionText(), this.proof.expr());
    }

    /** Null where lists make another condition of it than was written, or it is very long. */
    private static @Nullable Expr parse(String text, Expr resolved) {
        if (text.length() > MAX_CONDITION) {
            return null;
        }
        try {
            Expr written = ConditionParser.parse(text, ConditionParser.RULE_DEPTH, 0);
            return isAlike(written, resolved) ? written : null;
        } catch (RuleException e) {
            return null;
        }
    }

    /** Whether one is the other with macros in place. */
    private static boolean isAlike(Expr written, Expr resolved) {
        return switch (written) {
            case Expr.MacroRef _ -> true;
            case Expr.And and -> resolved instanceof Expr.And r && areAlike(and.parts(), r.parts());
            case Expr.Or or -> resolved instanceof Expr.Or r && areAlike(or.parts(), r.parts());
            case Expr.Not not -> resolved instanceof Expr.Not r && isAlike(not.part(), r.part());
            case Expr.Exists _ -> resolved instanceof Expr.Exists;
            case Expr.Compare _ -> resolved instanceof Expr.Compare;
        };
    }

    private static boolean areAlike(List<Expr> written, List<Expr> resolved) {
        if (written.size() != resolved.size()) {
            return false;
        }
        for (int i = 0; i < written.size(); i++) {
            if (!isAlike(written.get(i), resolved.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Of the event that its plan looks at, for which the rule matched. */
    @Nullable Grounds find(Observation seen) {
        if (rule.conditionText().length() > MAX_CONDITION) {
            return null;
        }
        List<Grounds.Part> parts = new ArrayList<>();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        walk(written, proof, seen, parts, values);
        return new Grounds(rule.conditionText(), parts, values);
    }

    private void walk(
            @Nullable Expr as,
            Proof held,
            Observation seen,
            List<Grounds.Part> parts,
            Map<String, @Nullable Object> values) {
        if (parts.size() >= MAX_PARTS) {
            return;
        }
        boolean group = as == null || as instanceof Expr.And || as instanceof Expr.Or;
        if (group && !held.parts().isEmpty() && !(held.expr() instanceof Expr.Not)) {
            boolean all = held.expr() instanceof Expr.And;
            for (int i = 0; i < held.parts().size(); i++) {
                Proof part = held.parts().get(i);
                if (all || part.holds()) {
                    walk(partOf(as, i), part, seen, parts, values);
                }
            }
            return;
        }
        boolean said = as != null && !(as instanceof Expr.MacroRef);
        int from = as == null ? 0 : as.span().start();
        int to = as == null ? 0 : as.span().end();
        parts.add(new Grounds.Part(from, to, said ? "" : HeldText.of(held)));
        addValues(held, seen, values);
    }

    private static @Nullable Expr partOf(@Nullable Expr group, int at) {
        return switch (group) {
            case Expr.And and -> and.parts().get(at);
            case Expr.Or or -> or.parts().get(at);
            case null, default -> null;
        };
    }

    /** What was compared; of a {@code not} too, since that something else was there is why. */
    private void addValues(Proof held, Observation seen, Map<String, @Nullable Object> values) {
        if (held.parts().isEmpty()) {
            for (String field : FieldUses.of(held.expr()).names()) {
                if (values.size() < MAX_VALUES && !values.containsKey(field)) {
                    template(field)
                            .ifPresent(
                                    one -> values.put(field, clipped(one.fields(seen).get(field))));
                }
            }
            return;
        }
        boolean or = held.expr() instanceof Expr.Or;
        for (Proof part : held.parts()) {
            if (!or || part.holds()) {
                addValues(part, seen, values);
            }
        }
    }

    /** Empty for a field that no output can have. */
    private Optional<OutputTemplate> template(String field) {
        return templates.computeIfAbsent(
                field,
                name -> {
                    try {
                        return Optional.of(
                                OutputTemplate.parse("*%" + name, rule.source(), catalog));
                    } catch (RuleException e) {
                        return Optional.empty();
                    }
                });
    }

    private static @Nullable Object clipped(@Nullable Object value) {
        String text = value instanceof Number || value == null ? "" : value.toString();
        return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) : value;
    }
}
