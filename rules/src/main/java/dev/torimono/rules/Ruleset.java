// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Demand;
import dev.torimono.model.Priority;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every good rule of a load, in order of evaluation. Immutable, shared by threads. */
public final class Ruleset {
    private final List<Entry> entries;
    private final List<Rule> rules;
    private final FieldCatalog fields;

    /**
     * A rule with what it was compiled to.
     *
     * @param rule the rule
     * @param condition its condition; null for a dormant rule
     * @param outputFields the fields of its output
     * @param excepted whether exceptions were written into its condition
     */
    record Entry(
            Rule rule, @Nullable Condition condition, List<String> outputFields, boolean excepted) {
        static Entry dormant(Rule rule) {
            return new Entry(rule, null, List.of(), false);
        }
    }

    Ruleset(List<Entry> entries, FieldCatalog fields) {
        this.entries = List.copyOf(entries);
        this.rules = entries.stream().map(Entry::rule).toList();
        this.fields = fields;
    }

    /** The rules, dormant ones included. */
    public List<Rule> rules() {
        return rules;
    }

    /** The rule of that name. */
    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /** What a rule was compiled to; empty when it is dormant or not there. */
    public Optional<Condition> condition(String name) {
        return entries.stream()
                .filter(entry -> entry.rule.name().equals(name))
                .findFirst()
                .map(Entry::condition);
    }

    /** What all rules that are enabled by themselves need to see. */
    public Demand demand() {
        return matcher(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG).demand();
    }

    /**
     * An evaluator over some of the rules, for one thread.
     *
     * @param minimum rules less urgent than this take no part
     */
    public Matcher matcher(MatchStrategy strategy, Selection selection, Priority minimum) {
        return new PlanMatcher(selection.apply(entries, minimum), strategy, fields, false);
    }

    /** The same, whose findings say why they were made. */
    public Matcher explaining(MatchStrategy strategy, Selection selection, Priority minimum) {
        return new PlanMatcher(selection.apply(entries, minimum), strategy, fields, true);
    }
}
