// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Observation;
import dev.torimono.model.Verdict;
import dev.torimono.response.drift.DriftJudge;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Exemption;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.policy.Policy;
import dev.torimono.response.policy.PolicyType;
import dev.torimono.response.policy.When;
import dev.torimono.response.scope.Coverage;
import dev.torimono.response.scope.HostFacts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A policy made ready for this node. Shared by threads. */
final class CompiledPolicy {
    private final int index;
    private final Policy policy;
    private final EffectiveMode effective;
    private final PolicyTally tally;
    private final DriftJudge judge;
    private final ExecRules execRules;
    private final HostFacts host;
    private final Clock clock;
    private final Verdict whenHeld;
    private final Verdict whenHappened;

    CompiledPolicy(
            int index,
            Policy policy,
            EffectiveMode effective,
            PolicyTally tally,
            ExecRules execRules,
            HostFacts host,
            Clock clock) {
        this.index = index;
        this.policy = policy;
        this.effective = effective;
        this.tally = tally;
        this.execRules = execRules;
        this.host = host;
        this.clock = clock;
        this.judge = new DriftJudge(policy.drift());
        this.whenHeld = verdict(Moment.HELD);
        this.whenHappened = verdict(Moment.HAPPENED);
    }

    int index() {
        return index;
    }

    Policy policy() {
        return policy;
    }

    EffectiveMode effective() {
        return effective;
    }

    PolicyTally tally() {
        return tally;
    }

    ExecRules execRules() {
        return execRules;
    }

    DriftJudge judge() {
        return judge;
    }

    Verdict verdict(boolean held) {
        return held ? whenHeld : whenHappened;
    }

    /** What this node will do at that moment: what was not prevented is killed. */
    Actions actions(Moment moment) {
        Actions actions = effective.effective();
        return switch (moment) {
            case HELD -> actions;
            case HAPPENED ->
                    actions.prevent()
                            ? new Actions(
                                    atLeastKill(actions.process()),
                                    false,
                                    actions.container(),
                                    actions.capture())
                            : actions;
        };
    }

    private static Actions.ProcessStep atLeastKill(Actions.ProcessStep step) {
        return step == Actions.ProcessStep.NONE ? Actions.ProcessStep.KILL : step;
    }

    private Verdict verdict(Moment moment) {
        List<String> notes = new ArrayList<>(effective.notes());
        if (moment == Moment.HAPPENED && effective.effective().prevent()) {
            notes.add("it was not held before it happened: killed instead of prevented");
        }
        List<String> labels = actions(moment).labels();
        if (policy.mode() == Mode.MONITOR && !labels.isEmpty()) {
            notes.add("the policy only monitors: nothing is done");
        }
        return new Verdict(
                policy.name(),
                policy.type().label(),
                policy.severity(),
                policy.mode().label(),
                labels,
                notes,
                policy.channels(),
                policy.runbook());
    }

    /** Whether its scope covers a container that is known by now. */
    boolean covers(Container container) {
        return policy.scope().covers(host, container) == Coverage.YES;
    }

    /** Whether a program from memory is ended whatever else is true of it. */
    boolean endsMemoryInAnyCase() {
        return leavesNothingToAsk(policy);
    }

    /** Whether everything that the image did not bring is drift, volumes apart. */
    static boolean leavesNothingToAsk(Policy policy) {
        return policy.exemptions().isEmpty()
                && policy.drift().binaries()
                && policy.drift().exceptions().isEmpty()
                && policy.drift().allowedParents().isEmpty()
                && policy.drift().allowedAncestors().isEmpty();
    }

    /** What it refuses whatever else is true of an exec. */
    Refusal refusal() {
        boolean refuses =
                policy.type() == PolicyType.DRIFT
                        && effective.effective().prevent()
                        && policy.exemptions().isEmpty();
        return refuses
                ? new Refusal(
                        endsMemoryInAnyCase(), policy.drift().prohibitedBinaries().onlyPaths())
                : Refusal.NONE;
    }

    /** Whether an exception takes it out, which is counted. */
    boolean exempt(
            String rule,
            List<String> tags,
            @Nullable Container container,
            @Nullable Observation observation) {
        boolean exempt = excepts(rule, tags, container, observation);
        if (exempt) {
            tally.exempt();
        }
        return exempt;
    }

    /** Whether an exception would take it out. */
    boolean excepts(
            String rule,
            List<String> tags,
            @Nullable Container container,
            @Nullable Observation observation) {
        if (policy.exemptions().isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        for (Exemption exemption : policy.exemptions()) {
            if (applies(exemption, now, rule, tags)
                    && exemption.scope().covers(host, container) == Coverage.YES
                    && holds(exemption, observation)) {
                return true;
            }
        }
        return false;
    }

    private static boolean applies(
            Exemption exemption, Instant now, String rule, List<String> tags) {
        return !exemption.expired(now)
                && (exemption.rules().isEmpty()
                        || exemption.rules().stream().anyMatch(c -> c.matches(rule, tags)));
    }

    private static boolean holds(Exemption exemption, @Nullable Observation observation) {
        When when = exemption.when();
        return when == null || (observation != null && when.holds(observation));
    }
}
