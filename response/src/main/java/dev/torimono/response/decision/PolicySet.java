// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.response.drift.DriftJudgement;
import dev.torimono.response.drift.Execution;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.Problem;
import dev.torimono.response.read.KnownRules;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.scope.HostFacts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All policies of a load, ready to decide. Immutable but for caches and tallies; any thread. A
 * finding that no policy covers costs a hash lookup and no allocation.
 */
public final class PolicySet {
    /** Name that drift judgements go by where rules have theirs. */
    public static final String DRIFT_RULE = "Container drift";

    /** Name that malware goes by where rules have theirs. */
    public static final String MALWARE_RULE = "Known malware executed";

    private static final CompiledPolicy[] NOBODY = {};

    private final List<Policy> policies;
    private final List<Problem> warnings;
    private final List<CompiledPolicy> workload = new ArrayList<>();
    private final List<CompiledPolicy> drift = new ArrayList<>();
    private final List<CompiledPolicy> malware = new ArrayList<>();
    private final List<EffectiveMode> effective = new ArrayList<>();
    private final Map<String, CompiledPolicy[]> takers = new ConcurrentHashMap<>();
    private final CoverageCache coverage;
    private final ActingPolicies acting;

    PolicySet(
            List<Policy> policies,
            List<Problem> warnings,
            HostFacts host,
            Capabilities node,
            KnownRules rules,
            Tallies tallies,
            Clock clock) {
        this.policies = List.copyOf(policies);
        this.warnings = List.copyOf(warnings);
        List<CompiledPolicy> active = new ArrayList<>();
        for (Policy policy : policies) {
            EffectiveMode mode = EffectiveMode.of(policy, node);
            effective.add(mode);
            if (policy.enabled()) {
                active.add(
                        new CompiledPolicy(
                                active.size(),
                                policy,
                                mode,
                                tallies.of(policy.name()),
                                ExecRules.of(policy, rules),
                                host,
                                clock));
            }
        }
        for (CompiledPolicy policy : active) {
            switch (policy.policy().type()) {
                case WORKLOAD -> workload.add(policy);
                case DRIFT -> drift.add(policy);
                case MALWARE -> malware.add(policy);
            }
        }
        this.coverage = new CoverageCache(host, active);
        this.acting = new ActingPolicies(active, coverage);
    }

    /** Every policy, disabled ones included, in order of definition. */
    public List<Policy> policies() {
        return policies;
    }

    /** What was doubtful in the files. */
    public List<Problem> warnings() {
        return warnings;
    }

    /** What each policy comes to on this node, in the order of {@link #policies}. */
    public List<EffectiveMode> effective() {
        return List.copyOf(effective);
    }

    /** Decides on what has happened. */
    public Decision decide(Finding finding, Observation observation) {
        return decide(finding, observation, Moment.HAPPENED);
    }

    /** Decides on a rule's finding. */
    public Decision decide(Finding finding, Observation observation, Moment moment) {
        CompiledPolicy[] candidates = takers(finding);
        if (candidates.length == 0) {
            return Decision.NONE;
        }
        Container container = observation.container();
        Coverage[] answers = coverage.of(container);
        DecisionDraft draft = null;
        for (CompiledPolicy policy : candidates) {
            Coverage answer = answers[policy.index()];
            if (answer == Coverage.NO
                    || policy.exempt(finding.rule(), finding.tags(), container, observation)) {
                continue;
            }
            if (draft == null) {
                draft = new DecisionDraft(moment, false);
            }
            draft.add(policy, answer);
        }
        return draft == null ? Decision.NONE : draft.decide(!FailedExec.is(observation.event()));
    }

    /**
     * Decides on an execution in a container, by every drift policy that covers it.
     *
     * @param observation what exceptions with conditions look at; null when there is none
     */
    public Decision decideDrift(
            Execution execution,
            @Nullable Container container,
            @Nullable Observation observation,
            Moment moment) {
        if (container == null || drift.isEmpty()) {
            return Decision.NONE;
        }
        Coverage[] answers = coverage.of(container);
        DecisionDraft draft = new DecisionDraft(moment, true);
        for (CompiledPolicy policy : drift) {
            if (answers[policy.index()] == Coverage.NO) {
                continue;
            }
            DriftJudgement judgement = policy.judge().judge(execution);
            if (judgement.drift()
                    && !policy.exempt(DRIFT_RULE, List.of(), container, observation)) {
                draft.judgement(judgement, policy);
                draft.add(policy, answers[policy.index()]);
            }
        }
        return draft.decide(true);
    }

    /**
     * Whether any drift policy that covers a container, or may yet, objects to an execution:
     * whether it makes sense to decide. Counts nothing, and looks at no exceptions that have an
     * owner.
     */
    public boolean objects(Execution execution, Container container) {
        if (drift.isEmpty()) {
            return false;
        }
        Coverage[] answers = coverage.of(container);
        for (CompiledPolicy policy : drift) {
            if (answers[policy.index()] != Coverage.NO && policy.judge().judge(execution).drift()) {
                return true;
            }
        }
        return false;
    }

    /** Whether any malware policy covers, or may yet cover, what runs there. */
    public boolean watchesMalware(@Nullable Container container) {
        if (malware.isEmpty()) {
            return false;
        }
        Coverage[] answers = coverage.of(container);
        for (CompiledPolicy policy : malware) {
            if (answers[policy.index()] != Coverage.NO) {
                return true;
            }
        }
        return false;
    }

    /** Whether any malware policy knows a file, wherever it lies. */
    public boolean knowsMalware(String sha256) {
        return malware.stream().anyMatch(policy -> policy.policy().malware().knows(sha256));
    }

    /** What malware policies have to say of a program that is executed, as soon as it is hashed. */
    public MalwareCase malware(String path, Observation observation) {
        Container container = observation.container();
        Coverage[] answers = coverage.of(container);
        List<MalwareCase.Candidate> candidates = new ArrayList<>();
        for (CompiledPolicy policy : malware) {
            Coverage answer = answers[policy.index()];
            if (answer != Coverage.NO) {
                boolean exempt = policy.excepts(MALWARE_RULE, List.of(), container, observation);
                candidates.add(new MalwareCase.Candidate(policy, answer, exempt));
            }
        }
        return new MalwareCase(path, candidates);
    }

    /** Whether any drift policy covers, or may yet cover, a container: whether to arm it. */
    public boolean watchesDrift(Container container) {
        Coverage[] answers = coverage.of(container);
        for (CompiledPolicy policy : drift) {
            if (answers[policy.index()] != Coverage.NO) {
                return true;
            }
        }
        return false;
    }

    /** Those that act on execs. */
    public ActingPolicies acting() {
        return acting;
    }

    /** What is asked for in a container, as far as it is known by now. */
    public Watch watch(Container container) {
        return acting.watch(container, watchesDrift(container));
    }

    /** Whether any policy judges the shared objects that programs map. */
    public boolean judgesLibraries() {
        return drift.stream().anyMatch(policy -> policy.policy().drift().libraries());
    }

    /** Whether any policy judges drift. */
    public boolean judgesDrift() {
        return !drift.isEmpty();
    }

    private CompiledPolicy[] takers(Finding finding) {
        CompiledPolicy[] known = takers.get(finding.rule());
        if (known == null) {
            known =
                    workload.stream()
                            .filter(p -> p.policy().takes(finding.rule(), finding.tags()))
                            .toList()
                            .toArray(NOBODY);
            takers.put(finding.rule(), known);
        }
        return known;
    }
}
