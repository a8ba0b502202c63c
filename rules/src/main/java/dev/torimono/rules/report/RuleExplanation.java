// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.report;

import dev.torimono.model.EventType;
import dev.torimono.rules.Rule;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.demand.NecessaryCondition;
import dev.torimono.rules.plan.Condition;
import dev.torimono.rules.syntax.Expr;
import dev.torimono.rules.syntax.FieldUses;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says what one rule came to: its condition with everything resolved, and what it asks for. */
public final class RuleExplanation {
    private static final int MANY = 40;
    private static final String SYSCALL = "syscall";

    private final Rule rule;
    private final StringBuilder out = new StringBuilder();

    private RuleExplanation(Rule rule) {
        this.rule = rule;
    }

    /**
     * Explains a rule of a ruleset.
     *
     * @throws java.util.NoSuchElementException when it is not there
     */
    public static String of(Ruleset ruleset, String name) {
        Rule rule = ruleset.rule(name).orElseThrow();
        RuleExplanation explanation = new RuleExplanation(rule);
        explanation.head();
        ruleset.condition(name).ifPresentOrElse(explanation::condition, explanation::dormant);
        return explanation.out.toString();
    }

    private void head() {
        line("rule", rule.name());
        line("defined", rule.position().toString());
        line("priority", rule.priority().label());
        line("source", rule.source());
        line("enabled", rule.enabled() ? "yes" : "no");
        line("tags", String.join(", ", rule.tags()));
        line("output", rule.template());
        line("exceptions", String.join(", ", rule.exceptions()));
        out.append("condition as written\n").append(indented(rule.conditionText()));
    }

    private void condition(Condition condition) {
        Expr expr = condition.expr();
        out.append("condition resolved\n").append(ConditionLayout.of(expr, 2)).append('\n');
        BitSet codes = condition.eventTypes();
        line("event types", eventTypes(codes));
        FieldUses uses = FieldUses.of(expr);
        line("fields", String.join(", ", uses.names()));
        line("comparisons", uses.comparisons() + " on " + uses.names().size() + " fields");
        line("cost", "at most about " + condition.cost() + " comparisons of two numbers an event");
        needs(expr);
    }

    /** What leaves the kernel on behalf of this rule alone. */
    private void needs(Expr expr) {
        if (rule.source().equals(SYSCALL)) {
            out.append("needs from the kernel\n");
            NecessaryCondition.of(List.of(expr))
                    .forEach(need -> out.append(indented(InterestText.of(need))));
        }
    }

    private void dormant() {
        line("inactive", "source '" + rule.source() + "' is not there");
    }

    private static String eventTypes(BitSet codes) {
        SortedSet<String> names = eventNames(codes);
        return names.size() > MANY
                ? names.size() + ", nearly every event"
                : String.join(", ", names);
    }

    private static SortedSet<String> eventNames(BitSet codes) {
        SortedSet<String> names = new TreeSet<>();
        for (EventType type : EventType.all()) {
            boolean current =
                    !type.has(EventType.Trait.OLD_VERSION) && !type.has(EventType.Trait.UNUSED);
            if (codes.get(type.code()) && current) {
                names.add(type.name());
            }
        }
        return names;
    }

    /**
     * The same for programs, as an object.
     *
     * @throws java.util.NoSuchElementException when the rule is not there
     */
    public static String json(Ruleset ruleset, String name) {
        Rule rule = ruleset.rule(name).orElseThrow();
        JsonText json = new JsonText();
        json.open()
                .member("rule", rule.name())
                .member("file", rule.position().file())
                .member("line", rule.position().line())
                .member("priority", rule.priority().label())
                .member("source", rule.source())
                .member("enabled", rule.enabled())
                .member("inactive", rule.dormant())
                .member("tags", rule.tags())
                .member("output", rule.template())
                .member("exceptions", rule.exceptions())
                .member("condition", rule.conditionText());
        ruleset.condition(name).ifPresent(condition -> write(condition, rule, json));
        return json.close().toString();
    }

    private static void write(Condition condition, Rule rule, JsonText json) {
        Expr expr = condition.expr();
        FieldUses uses = FieldUses.of(expr);
        List<String> needs = new ArrayList<>();
        if (rule.source().equals(SYSCALL)) {
            NecessaryCondition.of(List.of(expr)).forEach(need -> needs.add(InterestText.of(need)));
        }
        json.member("resolved", expr.toString())
                .member("event_types", eventNames(condition.eventTypes()))
                .member("fields", uses.names())
                .member("comparisons", uses.comparisons())
                .member("cost", condition.cost())
                .member("needs", needs);
    }

    private static String indented(String text) {
        StringBuilder lines = new StringBuilder();
        List<String> all = text.strip().lines().toList();
        all.forEach(line -> lines.append("  ").append(line).append('\n'));
        return lines.toString();
    }

    private void line(String what, String value) {
        if (!value.isEmpty()) {
            out.append(what).append(": ").append(value).append('\n');
        }
    }
}
