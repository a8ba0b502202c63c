// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.drift.DriftJudgement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Judges for drift what was not held, and has it told. The pipeline's thread. */
public final class HappenedDrift {
    private final Supplier<PolicySet> policies;
    private final Enforcement enforcement;
    private final Drift drift;
    private final AfterExec after;
    private final Alerts alerts;
    private final AtomicLong unexplained = new AtomicLong();

    HappenedDrift(
            Supplier<PolicySet> policies,
            Enforcement enforcement,
            Drift drift,
            AfterExec after,
            Alerts alerts) {
        this.policies = policies;
        this.enforcement = enforcement;
        this.drift = drift;
        this.after = after;
        this.alerts = alerts;
    }

    /** Whether drift is judged at all. */
    public boolean isJudged() {
        return policies.get().judgesDrift();
    }

    /** A file was mapped, or its mapping changed; it has happened in any case. */
    public void mapped(Observation observation, Container container) {
        if (policies.get().judgesLibraries()) {
            tell(drift.mapped(observation, policies.get(), container), observation);
        }
    }

    /** An exec has happened. */
    public void executed(Observation observation, Container container) {
        Drift.Judged judged = drift.happened(observation, policies.get(), container);
        if (judged.objects()) {
            after.decided(judged.decision(), observation);
        }
        tell(judged, observation);
    }

    private void tell(Drift.Judged judged, Observation observation) {
        DriftJudgement judgement = judged.decision().drift();
        if (judgement != null) {
            alerts.tell(
                    DriftFinding.of(judgement, judged.writer(), observation),
                    judged.decision(),
                    observation);
        }
    }

    /**
     * Tells of an exec that the kernel side refused by itself, as policies see it. Where they have
     * changed meanwhile, and nothing objects any more, it is counted.
     */
    public void refusedInKernel(Observation observation, @Nullable Container container) {
        // The same failure comes once more where rules want failed calls.
        after.refused(observation.event().tid());
        Drift.Judged judged =
                container == null
                        ? Drift.Judged.NOTHING
                        : drift.refused(observation, policies.get(), container);
        DriftJudgement judgement = judged.decision().drift();
        if (judgement == null) {
            unexplained.incrementAndGet();
            return;
        }
        tellCaller(observation, judgement.blockedNotice());
        // Where it would be killed by now: its caller must not be.
        alerts.tell(
                new Alerts.Held(
                        DriftFinding.of(judgement, judged.writer(), observation),
                        judged.decision(),
                        Target.of(observation),
                        observation),
                Outcome.DONE);
    }

    /** The caller may be gone already; who started it, in the same container, reads it as well. */
    private void tellCaller(Observation observation, String line) {
        Task task = observation.task();
        if (task == null || enforcement.tell(task.tid(), line)) {
            return;
        }
        Task parent = task.leader().parent();
        if (parent != null && Objects.equals(parent.container(), task.container())) {
            enforcement.tell(parent.pid(), line);
        }
    }

    /** Execs that the kernel side refused and to which no policy objects; any thread. */
    public long unexplained() {
        return unexplained.get();
    }

    /** Remembers who writes, in containers that are watched for drift. */
    public void wrote(Observation observation, Container container) {
        if (policies.get().watchesDrift(container)) {
            drift.note(observation);
        }
    }
}
