// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.response.drift.PathSet;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.PolicyType;
import dev.torimono.response.scope.Coverage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The policies of a load that act on execs: which containers have to be armed, and which programs
 * need not be held there. Immutable but for the cache; any thread.
 */
public final class ActingPolicies {
    private final List<CompiledPolicy> acting;
    private final CoverageCache coverage;
    private final Set<String> names;

    /** Of all that are enabled. */
    ActingPolicies(List<CompiledPolicy> enabled, CoverageCache coverage) {
        this.acting = enabled.stream().filter(ActingPolicies::actsOnExecs).toList();
        this.coverage = coverage;
        this.names =
                acting.stream()
                        .flatMap(policy -> policy.execRules().names().stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean actsOnExecs(CompiledPolicy policy) {
        Actions actions = policy.effective().effective();
        boolean concerns =
                switch (policy.policy().type()) {
                    case DRIFT -> true;
                    case WORKLOAD -> !policy.execRules().none();
                    // A kill waits for nobody: it comes when the program is hashed.
                    case MALWARE -> actions.prevent();
                };
        return policy.policy().mode() == Mode.ENFORCE
                && concerns
                && (actions.prevent() || actions.process() != Actions.ProcessStep.NONE);
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
                                    + "\": does not act on an exec that an earlier rule finds, too"
                                    + " ("
                                    + first
                                    + (rules.size() > 3
                                            ? " and " + (rules.size() - 3) + " more"
                                            : "")
                                    + "): rules.matching is first; set rules.matching: all";
                        })
                .toList();
    }

    /**
     * What is asked for in a container, as far as it is known by now.
     *
     * @param drift whether its execs are judged for drift at all, whoever acts on it
     */
    Watch watch(Container container, boolean drift) {
        Coverage[] answers = coverage.of(container);
        boolean rules = false;
        boolean prevents = false;
        boolean driftActs = false;
        boolean malware = false;
        boolean memoryDies = false;
        boolean unsettled = false;
        boolean foreign = false;
        Set<String> prohibited = new HashSet<>();
        StringJoiner names = new StringJoiner(", ");
        for (CompiledPolicy policy : acting) {
            unsettled |= answers[policy.index()] == Coverage.UNKNOWN;
            if (answers[policy.index()] == Coverage.YES) {
                boolean onDrift = policy.policy().type() == PolicyType.DRIFT;
                rules |= policy.policy().type() == PolicyType.WORKLOAD;
                malware |= policy.policy().type() == PolicyType.MALWARE;
                driftActs |= onDrift;
                memoryDies |= onDrift && policy.endsMemoryInAnyCase();
                foreign |= policy.refusal().foreign();
                prohibited.addAll(policy.refusal().paths());
                prevents |= policy.effective().effective().prevent();
                names.add(policy.policy().name());
            }
        }
        return rules || drift || malware || unsettled
                ? new Watch(
                        rules,
                        drift,
                        driftActs,
                        malware,
                        prevents,
                        memoryDies,
                        new Refusal(foreign, prohibited),
                        unsettled,
                        names.toString())
                : Watch.NOTHING;
    }

    /**
     * Whether every exec of a program of the image passes in a container, as far as policies act:
     * one whose hash is known and is nobody's malware.
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
            PolicyType type = policy.policy().type();
            boolean spared =
                    switch (type) {
                        case DRIFT ->
                                spares(
                                        policy.policy().drift().prohibitedBinaries(),
                                        path,
                                        alone,
                                        inKernel);
                        case WORKLOAD -> policy.execRules().spare(path) && isOwnName(path, name);
                        case MALWARE -> true;
                    };
            if (answer == Coverage.UNKNOWN || !spared) {
                return Standing.NO;
            }
            standing = type == PolicyType.WORKLOAD ? Standing.UNLESS_NAMED : standing;
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
    public boolean any() {
        return !acting.isEmpty();
    }
}
