// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

import dev.torimono.model.Observation;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.field.FieldCatalog;
import dev.torimono.rules.plan.ConditionCompiler;
import dev.torimono.rules.plan.Plan;
import dev.torimono.rules.plan.PlannedRule;
import dev.torimono.rules.syntax.ConditionParser;
import java.util.List;

/** A condition over an observation, in the language of rules, without macros. */
public final class When {
    private static final String SOURCE = "syscall";

    private final String text;
    private final Plan plan;

    private When(String text, Plan plan) {
        this.text = text;
        this.plan = plan;
    }

    /**
     * Compiles a condition.
     *
     * @throws RuleException when it cannot be used
     */
    public static When compile(String text, FieldCatalog catalog) {
        var condition = new ConditionCompiler(catalog).compile(ConditionParser.parse(text), SOURCE);
        return new When(text, Plan.of(List.of(new PlannedRule(SOURCE, condition, 0))));
    }

    /** Whether it holds. Locks, because a plan is for one thread and findings are few. */
    public boolean holds(Observation observation) {
        boolean[] holds = new boolean[1];
        synchronized (plan) {
            plan.match(observation, MatchStrategy.FIRST, index -> holds[0] = true);
        }
        return holds[0];
    }

    @Override
    public String toString() {
        return text;
    }
}
