// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Demand;
import dev.torimono.model.Finding;
import dev.torimono.model.Grounds;
import dev.torimono.model.Observation;
import dev.torimono.rules.demand.NecessaryCondition;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.format.OutputTemplate;
import dev.torimono.rules.plan.Plan;
import dev.torimono.rules.plan.PlannedRule;
import dev.torimono.rules.syntax.DomainNames;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.FieldUses;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Evaluates rules with one {@link Plan} and formats what matched. Used by one thread. */
final class PlanMatcher implements Matcher {
    /** The one source that a kernel serves; rules of others want nothing of it. */
    private static final String SYSCALL = "syscall";

    private final List<Ruleset.Entry> entries;
    private final List<Rule> rules;
    private final MatchStrategy strategy;
    private final FieldCatalog fields;
    private final Plan plan;
    private final @Nullable OutputTemplate[] templates;
    private final boolean explains;
    private final @Nullable GroundsFinder[] finders;
    // A field and not a parameter, so that an event that matches nothing allocates nothing.
    private final IntConsumer matched = this::onMatch;
    private @Nullable Observation observation;
    private @Nullable Consumer<Finding> sink;
    private int count;

    /**
     * @param explains whether findings say why they were made
     */
    PlanMatcher(
            List<Ruleset.Entry> entries,
            MatchStrategy strategy,
            FieldCatalog fields,
            boolean explains) {
        this.entries = entries;
        this.explains = explains;
        this.rules = entries.stream().map(Ruleset.Entry::rule).toList();
        this.strategy = strategy;
        this.fields = fields;
        this.plan =
                Plan.of(
                        entries.stream()
                                .map(
                                        entry ->
                                                new PlannedRule(
                                                        entry.rule().source(),
                                                        Objects.requireNonNull(entry.condition()),
                                                        0))
                                .toList());
        this.templates = new OutputTemplate[rules.size()];
        this.finders = new GroundsFinder[explains ? rules.size() : 0];
    }

    /** Of most rules no output is ever made. */
    private OutputTemplate template(int index) {
        OutputTemplate template = templates[index];
        if (template == null) {
            Rule rule = rules.get(index);
            template = OutputTemplate.parse("*" + rule.template(), rule.source(), fields);
            templates[index] = template;
        }
        return template;
    }

    @Override
    public int match(Observation seen, Consumer<Finding> to) {
        observation = seen;
        sink = to;
        count = 0;
        plan.match(seen, strategy, matched);
        return count;
    }

    @Override
    public @Nullable OpenMatch open(Observation seen) {
        List<Plan.OpenRule> open = plan.open(seen);
        return open.isEmpty()
                ? null
                : new PlanOpenMatch(
                        plan, rules, this::template, strategy, open, seen, this::groundsLater);
    }

    /** Why a rule matched an event that is not the present one any more. */
    private @Nullable Grounds groundsLater(int index, Observation kept) {
        if (!explains) {
            return null;
        }
        plan.turn(kept);
        return grounds(index, kept);
    }

    private @Nullable Grounds grounds(int index, Observation seen) {
        if (!explains) {
            return null;
        }
        GroundsFinder finder = finders[index];
        if (finder == null) {
            Ruleset.Entry entry = entries.get(index);
            finder =
                    new GroundsFinder(
                            entry.rule(),
                            plan.proof(Objects.requireNonNull(entry.condition())),
                            entry.excepted(),
                            fields);
            finders[index] = finder;
        }
        return finder.find(seen);
    }

    private void onMatch(int index) {
        Observation seen = Objects.requireNonNull(observation);
        Rule rule = rules.get(index);
        OutputTemplate template = template(index);
        count++;
        Objects.requireNonNull(sink)
                .accept(
                        finding(
                                rule,
                                seen,
                                Objects.requireNonNullElse(template.format(seen), ""),
                                template.fields(seen),
                                grounds(index, seen)));
    }

    static Finding finding(
            Rule rule,
            Observation seen,
            String message,
            Map<String, @Nullable Object> fields,
            @Nullable Grounds grounds) {
        return new Finding(
                rule.name(),
                rule.priority(),
                rule.source(),
                rule.tags(),
                seen.event().timestampNs(),
                seen.event().number(),
                message,
                fields,
                grounds);
    }

    @Override
    public Demand demand() {
        List<Expr> conditions =
                rules.stream()
                        .filter(rule -> rule.source().equals(SYSCALL))
                        .map(Rule::resolvedCondition)
                        .toList();
        return new Demand(
                plan.eventTypes(),
                readsEnvironment(),
                NecessaryCondition.of(conditions),
                DomainNames.of(conditions));
    }

    private boolean readsEnvironment() {
        for (Ruleset.Entry entry : entries) {
            if (entry.outputFields().stream().anyMatch(FieldUses::isEnvironment)
                    || FieldUses.of(entry.rule().resolvedCondition()).names().stream()
                            .anyMatch(FieldUses::isEnvironment)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public List<Rule> rules() {
        return rules;
    }
}
