// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import org.jspecify.annotations.Nullable;

/**
 * Loads rules and policies for a start. Files of this machine may keep the agent from starting:
 * somebody who can mend them is there. What the collector told must not.
 */
final class FirstLoad {
    private final Rulebook rulebook;
    private final PolicyStage policies;
    private final FleetStage fleet;

    FirstLoad(Rulebook rulebook, PolicyStage policies, FleetStage fleet) {
        this.rulebook = rulebook;
        this.policies = policies;
        this.fleet = fleet;
    }

    /**
     * What came of one attempt.
     *
     * @param started what was loaded; null when nothing was
     * @param failure why not; null when it was
     * @param why what is wrong; empty when nothing is
     */
    private record Attempt(
            Rulebook.@Nullable Started started, @Nullable AgentException failure, String why) {
        boolean good() {
            return why.isEmpty();
        }

        Rulebook.Started get() {
            if (started != null) {
                return started;
            }
            throw java.util.Objects.requireNonNull(failure);
        }
    }

    Rulebook.Started run() {
        Attempt first = attempt();
        if (first.good() || !fleet.setAside(first.why())) {
            return first.get();
        }
        Attempt without = attempt();
        if (without.good()) {
            return without.get();
        }
        fleet.takeBack();
        return attempt().get();
    }

    private Attempt attempt() {
        try {
            Rulebook.Started started = rulebook.start();
            String refusal = policies.load(started.result());
            boolean sound = started.result().report().ok();
            String why = sound ? refusal : started.result().report().text().strip();
            return new Attempt(started, null, why);
        } catch (AgentException e) {
            return new Attempt(null, e, String.valueOf(e.getMessage()));
        }
    }
}
