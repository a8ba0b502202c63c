// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Verdict;
import dev.torimono.response.action.Action;
import dev.torimono.response.drift.DriftJudgement;
import dev.torimono.response.policy.Actions;
import dev.torimono.response.policy.Actions.ContainerStep;
import dev.torimono.response.policy.Actions.ProcessStep;
import dev.torimono.response.policy.Mode;
import dev.torimono.response.scope.Coverage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what policies say, then lets the strongest action of each kind win. */
final class DecisionDraft {
    private final Moment moment;
    private final boolean drift;
    private final List<CompiledPolicy> covering = new ArrayList<>(2);
    private final List<Decision.OpenVerdict> open = new ArrayList<>(0);
    private @Nullable DriftJudgement judgement;
    private int judgementWeight;

    DecisionDraft(Moment moment, boolean drift) {
        this.moment = moment;
        this.drift = drift;
    }

    void add(CompiledPolicy policy, Coverage answer) {
        switch (answer) {
            case YES -> covering.add(policy);
            case UNKNOWN -> open.add(new Decision.OpenVerdict(policy));
            case NO -> {}
        }
    }

    /** What a policy says of drift: one that acts is heard first, then one that prohibits. */
    void judgement(DriftJudgement value, CompiledPolicy policy) {
        int weight = policy.actions(moment).alertOnly() ? 0 : 2;
        weight += value.reason().isProhibition() ? 1 : 0;
        if (judgement == null || weight > judgementWeight) {
            judgement = value;
            judgementWeight = weight;
        }
    }

    /**
     * Decides.
     *
     * @param actable false when nothing is left to act on: the exec failed by itself
     */
    Decision decide(boolean actable) {
        if (covering.isEmpty() && open.isEmpty()) {
            return Decision.NONE;
        }
        List<Verdict> verdicts = new ArrayList<>(covering.size());
        for (CompiledPolicy policy : covering) {
            policy.tally().finding();
            verdicts.add(policy.verdict(moment == Moment.HELD));
        }
        List<PlannedAction> actions = new ArrayList<>(2);
        if (actable) {
            plan(Mode.ENFORCE, actions);
            plan(Mode.MONITOR, actions);
        }
        return new Decision(verdicts, actions, open, judgement);
    }

    private void plan(Mode mode, List<PlannedAction> actions) {
        Actions strongest = Actions.NONE;
        for (CompiledPolicy policy : covering) {
            if (policy.policy().mode() == mode) {
                Actions wanted = policy.actions(moment);
                if (!wanted.alertOnly()) {
                    policy.tally().act(mode == Mode.MONITOR);
                }
                strongest = strongest.strongest(wanted);
            }
        }
        if (strongest.alertOnly()) {
            return;
        }
        // A process whose exec is refused is the caller: it is not to be killed.
        if (strongest.prevent()) {
            add(mode, strongest, new Action.Prevent(drift), actions);
        } else if (strongest.process() != ProcessStep.NONE) {
            boolean tree = strongest.process() == ProcessStep.KILL_TREE;
            add(mode, strongest, new Action.KillProcess(tree), actions);
        }
        if (strongest.container() != ContainerStep.NONE) {
            add(mode, strongest, new Action.OnContainer(strongest.container()), actions);
        }
        Actions.Capture capture = strongest.capture();
        if (capture != null) {
            add(mode, strongest, new Action.TakeCapture(capture), actions);
        }
    }

    private void add(Mode mode, Actions strongest, Action action, List<PlannedAction> actions) {
        for (CompiledPolicy policy : covering) {
            if (policy.policy().mode() == mode && asks(policy.actions(moment), action, strongest)) {
                actions.add(
                        new PlannedAction(
                                action,
                                policy.policy().name(),
                                policy.policy().limits(),
                                mode == Mode.MONITOR));
                return;
            }
        }
    }

    /** Whether a policy is one that asks for the strongest of a kind. */
    private static boolean asks(Actions wanted, Action action, Actions strongest) {
        return switch (action) {
            case Action.Prevent _ -> wanted.prevent();
            case Action.KillProcess _ -> wanted.process() == strongest.process();
            case Action.OnContainer _ -> wanted.container() == strongest.container();
            case Action.TakeCapture _ -> wanted.capture() != null;
        };
    }
}
