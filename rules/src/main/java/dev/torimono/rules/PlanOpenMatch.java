// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import dev.torimono.model.Grounds;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.rules.format.OpenOutput;
import dev.torimono.rules.format.OutputTemplate;
import dev.torimono.rules.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Keeps the event as it was, and the outputs as far as they are known. */
final class PlanOpenMatch implements OpenMatch {
    private final Plan plan;
    private final boolean first;
    private final Observation kept;
    private final List<Candidate> candidates = new ArrayList<>();
    private final Why why;

    /** Tells why a rule matched. */
    @FunctionalInterface
    interface Why {
        @Nullable Grounds of(int index, Observation seen);
    }

    /** A rule that fires or may. */
    private record Candidate(
            Rule rule, Plan.OpenRule open, OutputTemplate template, OpenOutput output) {}

    private Finding finding(Candidate candidate) {
        return PlanMatcher.finding(
                candidate.rule(),
                kept,
                candidate.template().format(candidate.output(), kept),
                candidate.template().fields(candidate.output(), kept),
                why.of(candidate.open().index(), kept));
    }

    PlanOpenMatch(
            Plan plan,
            List<Rule> rules,
            IntFunction<OutputTemplate> templates,
            MatchStrategy strategy,
            List<Plan.OpenRule> open,
            Observation seen,
            Why why) {
        this.why = why;
        this.plan = plan;
        this.first = strategy == MatchStrategy.FIRST;
        for (Plan.OpenRule rule : open) {
            OutputTemplate template = templates.apply(rule.index());
            candidates.add(
                    new Candidate(rules.get(rule.index()), rule, template, template.open(seen)));
            if (first && rule.certain()) {
                // Whatever comes after it cannot be the first.
                break;
            }
        }
        kept = seen.snapshot();
    }

    @Override
    public List<Finding> certain() {
        List<Finding> findings = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.open().certain()) {
                findings.add(finding(candidate));
            } else if (first) {
                break;
            }
        }
        return findings;
    }

    @Override
    public List<Finding> complete(Container described) {
        Task task = kept.task();
        if (task != null) {
            task.container(described);
        }
        List<Finding> findings = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.open().certain() || plan.holds(candidate.open(), kept)) {
                findings.add(finding(candidate));
                if (first) {
                    break;
                }
            }
        }
        return findings;
    }

    @Override
    public Observation observation() {
        return kept;
    }
}
