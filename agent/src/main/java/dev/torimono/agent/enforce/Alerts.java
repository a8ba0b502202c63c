// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.ActionResult;
import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.Decision;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes alerts of what judging found, and has them told. The pipeline's thread. */
final class Alerts {
    private final Enforcer.Telling telling;
    private @Nullable Bench bench;

    /** What was found of a held exec. */
    record Held(Finding finding, Decision decision, Target target, Observation observation) {}

    Alerts(Enforcer.Telling telling) {
        this.telling = telling;
    }

    /** Where alerts are made; before the first. */
    void sit(Bench value) {
        bench = value;
    }

    /** An alert, made while the observation is valid. */
    Alert of(Held held) {
        return of(held.finding(), held.observation());
    }

    private Alert of(Finding finding, Observation observation) {
        return Objects.requireNonNull(bench).alert(finding, observation);
    }

    /** Tells of what has happened. */
    void tell(Finding finding, Decision decision, Observation observation) {
        telling.tell(of(finding, observation), decision, Target.of(observation), null);
    }

    void tell(Held held, @Nullable Outcome prevention) {
        tell(held, of(held), prevention);
    }

    /**
     * Tells of what was held.
     *
     * @param prevention what came of refusing it; null when it was not refused
     */
    void tell(Held held, Alert alert, @Nullable Outcome prevention) {
        Decision decision = held.decision();
        if (prevention != null && !decision.prevents()) {
            // It was refused for another finding: there is no process to act on.
            List<ActionResult> none = List.of();
            Alert whole = alert.with(decision.verdicts(), none);
            telling.tell(whole, Decision.NONE, held.target(), null);
            return;
        }
        telling.tell(alert, decision, held.target(), prevention);
    }
}
