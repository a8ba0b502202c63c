// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.response.drift.DriftJudgement;
import dev.torimono.response.drift.Execution;
import dev.torimono.response.drift.PathSet;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyType;
import dev.torimono.response.policy.Problem;
import dev.torimono.response.read.KnownRules;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.scope.HostFacts;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
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
    private final List<CompiledPolicy> acting = new ArrayList<>();
    private final List<EffectiveMode> effective = new ArrayList<>();
    private final Map<String, CompiledPolicy[]> takers = new ConcurrentHashMap<>();
    private final CoverageCache coverage;
    private final Set<String> names;

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
        active.stream().filter(PolicySet::actsOnExecs).forEach(acting::add);
        this.coverage = new CoverageCache(host, active);
        this.names =
                acting.stream()
                        .flatMap(policy -> policy.execRules().names().stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean actsOnExecs(CompiledPolicy policy) {
        Actions actions = policy.effective().effective();
        return policy.policy().mode() == Mode.ENFORCE
                && policy.policy().type() != PolicyType.MALWARE
                && (policy.policy().type() == PolicyType.DRIFT || !policy.execRules().none())
                && (actions.prevent() || actions.process() != Actions.ProcessStep.NONE);
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

    /**
     * What keeps policies from acting where only the first rule that finds an event fires: a line
     * for each that acts on execs.
     */
    public List<String> overtaken() {
        return acting.stream()
                .filter(policy -> !policy.execRules().overtaking().isEmpty())
                .filter(policy -> policy.policy().type() == PolicyType.WORKLOAD)
                .map(
                        policy -> {
                            List<String> rules = policy.execRules().overtaking();
                            String first =
                                    String.join(", ", rules.subList(0, Math.min(3, rules.size())));
                            return "policy \""
                                    + policy.policy().name()
                                    + "\": does not act on an exec that an earlier rule finds, too ("
                                    + first
                                    + (rules.size() > 3
                                            ? " and " + (rules.size() - 3) + " more"
                                            : "")
                                    + "): rules.matching is first; set rules.matching: all";
                        })
                .toList();
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
            add(draft, policy, answer);
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
                add(draft, policy, answers[policy.index()]);
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

    /** Decides on a file about to be, or just, executed, by every malware policy. */
    public Decision decideMalware(
            String path,
            String sha256,
            @Nullable Container container,
            @Nullable Observation observation,
            Moment moment) {
        Coverage[] answers = coverage.of(container);
        DecisionDraft draft = new DecisionDraft(moment, false);
        for (CompiledPolicy policy : malware) {
            if (answers[policy.index()] != Coverage.NO
                    && policy.policy().malware().matches(path, sha256)
                    && !policy.exempt(MALWARE_RULE, List.of(), container, observation)) {
                add(draft, policy, answers[policy.index()]);
            }
        }
        return draft.decide(true);
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

    /** What is asked for in a container, as far as it is known by now. */
    public Watch watch(Container container) {
        Coverage[] answers = coverage.of(container);
        boolean rules = false;
        boolean prevents = false;
        boolean driftActs = false;
        boolean memoryDies = false;
        boolean unsettled = false;
        boolean foreign = false;
        Set<String> prohibited = new HashSet<>();
        StringJoiner names = new StringJoiner(", ");
        for (CompiledPolicy policy : acting) {
            unsettled |= answers[policy.index()] == Coverage.UNKNOWN;
            if (answers[policy.index()] == Coverage.YES) {
                boolean onDrift = policy.policy().type() == PolicyType.DRIFT;
                rules |= !onDrift;
                driftActs |= onDrift;
                memoryDies |= onDrift && policy.endsMemoryInAnyCase();
                foreign |= policy.refusal().foreign();
                prohibited.addAll(policy.refusal().paths());
                prevents |= policy.effective().effective().prevent();
                names.add(policy.policy().name());
            }
        }
        boolean drift = watchesDrift(container);
        return rules || drift || unsettled
                ? new Watch(
                        rules,
                        drift,
                        driftActs,
                        prevents,
                        memoryDies,
                        new Refusal(foreign, prohibited),
                        unsettled,
                        names.toString())
                : Watch.NOTHING;
    }

    /**
     * Whether every exec of a program of the image passes in a container, as far as policies act.
     *
     * @param path the program's
     * @param name what it is called this time
     * @param alone whether its file has no other name, by which it could be prohibited
     * @param inKernel what the kernel refuses there by itself, of which nobody need be asked
     */
    public Standing standing(
            Container container, String path, String name, boolean alone, Refusal inKernel) {
        Coverage[] answers = coverage.of(container);
        Standing standing = Standing.ANY_NAME;
        for (CompiledPolicy policy : acting) {
            Coverage answer = answers[policy.index()];
            if (answer == Coverage.NO) {
                continue;
            }
            boolean onDrift = policy.policy().type() == PolicyType.DRIFT;
            boolean spared =
                    onDrift
                            ? spares(
                                    policy.policy().drift().prohibitedBinaries(),
                                    path,
                                    alone,
                                    inKernel)
                            : policy.execRules().spare(path) && isOwnName(path, name);
            if (answer == Coverage.UNKNOWN || !spared) {
                return Standing.NO;
            }
            standing = onDrift ? standing : Standing.UNLESS_NAMED;
        }
        return standing;
    }

    /**
     * Whether a program may run by any name that it has: the kernel knows all paths that must not,
     * or its only name is not among them.
     */
    private static boolean spares(
            PathSet prohibited, String path, boolean alone, Refusal inKernel) {
        boolean leftToKernel =
                !prohibited.onlyPaths().isEmpty()
                        && inKernel.paths().containsAll(prohibited.onlyPaths());
        return prohibited.isEmpty() || leftToKernel || (alone && !prohibited.contains(path));
    }

    /**
     * Whether some policy that acts has to be asked whether a program must not run in a container;
     * parameters as of {@link #standing}.
     */
    public boolean prohibits(Container container, String path, boolean alone, Refusal inKernel) {
        Coverage[] answers = coverage.of(container);
        return acting.stream()
                .filter(policy -> answers[policy.index()] != Coverage.NO)
                .map(policy -> policy.policy().drift().prohibitedBinaries())
                .anyMatch(paths -> paths.contains(path) || !spares(paths, path, alone, inKernel));
    }

    /**
     * Whether some policy that acts judges the scripts that interpreters are given, in a container.
     */
    public boolean judgesScripts(Container container) {
        Coverage[] answers = coverage.of(container);
        return acting.stream()
                .anyMatch(
                        policy ->
                                answers[policy.index()] != Coverage.NO
                                        && policy.policy().drift().scripts());
    }

    /** One file may be many programs, by what it is called. */
    private boolean isOwnName(String path, String name) {
        return path.endsWith("/" + name) && !names.contains(name);
    }

    /** The names by which rules that policies act on look for programs. */
    public Set<String> names() {
        return names;
    }

    /** Whether any policy acts on execs in some container: whether there is anything to arm. */
    public boolean holdsAnywhere() {
        return !acting.isEmpty();
    }

    /** Whether any policy judges the shared objects that programs map. */
    public boolean judgesLibraries() {
        return drift.stream().anyMatch(policy -> policy.policy().drift().libraries());
    }

    /** Whether any policy judges drift. */
    public boolean judgesDrift() {
        return !drift.isEmpty();
    }

    private static void add(DecisionDraft draft, CompiledPolicy policy, Coverage answer) {
        switch (answer) {
            case YES -> draft.cover(policy);
            case UNKNOWN -> draft.open(policy);
            case NO -> {}
        }
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
