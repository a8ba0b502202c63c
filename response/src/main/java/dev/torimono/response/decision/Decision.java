// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Container;
import dev.torimono.model.Verdict;
import dev.torimono.response.action.Action;
import dev.torimono.response.drift.DriftJudgement;
import dev.torimono.response.scope.Coverage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a finding.
 *
 * @param verdicts one per policy that covers it
 * @param actions what is to be done: of each kind the strongest, and what monitoring policies would
 *     have done
 * @param open policies that may cover it, once the container's runtime has answered
 * @param drift the judgement that is told: of policies that act before others; null when this is
 *     not about drift
 */
public record Decision(
        List<Verdict> verdicts,
        List<PlannedAction> actions,
        List<OpenVerdict> open,
        @Nullable DriftJudgement drift) {
    /** Nothing follows. */
    public static final Decision NONE = new Decision(List.of(), List.of(), List.of(), null);

    /** A policy whose scope cannot be told yet; opaque, for {@link #settle}. */
    public static final class OpenVerdict {
        private final CompiledPolicy policy;

        OpenVerdict(CompiledPolicy policy) {
            this.policy = policy;
        }

        CompiledPolicy policy() {
            return policy;
        }
    }

    public Decision {
        verdicts = List.copyOf(verdicts);
        actions = List.copyOf(actions);
        open = List.copyOf(open);
    }

    /** Decides what was left open, now that the container is known. */
    public Decision settle(Container container) {
        if (open.isEmpty()) {
            return NONE;
        }
        // What was held was answered long ago: by now it has happened.
        DecisionDraft draft = new DecisionDraft(Moment.HAPPENED, drift != null);
        for (OpenVerdict verdict : open) {
            if (verdict.policy().covers(container)) {
                draft.add(verdict.policy(), Coverage.YES);
            }
        }
        return draft.decide(true);
    }

    /** Whether a whole tree is to be killed: whether its descendants are wanted. */
    public boolean killsTree() {
        for (PlannedAction planned : actions) {
            if (planned.action() instanceof Action.KillProcess kill && kill.tree()) {
                return true;
            }
        }
        return false;
    }

    /** The process kill that is to be done, if any. */
    public Optional<PlannedAction> kill() {
        return actions.stream()
                .filter(p -> p.action() instanceof Action.KillProcess && !p.monitored())
                .findFirst();
    }

    /** Whether the held exec is to be refused. */
    public boolean prevents() {
        for (PlannedAction planned : actions) {
            if (planned.action() instanceof Action.Prevent && !planned.monitored()) {
                return true;
            }
        }
        return false;
    }
}
