// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.activity.Activity;
import dev.torimono.model.Alert;
import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;

/** What follows from findings, with an eye on the trees they are about. */
final class WatchedConsequences implements Consequences {
    private final Consequences others;
    private final Activity activity;

    WatchedConsequences(Consequences others, Activity activity) {
        this.others = others;
        this.activity = activity;
    }

    @Override
    public void follow(Alert alert, Observation observation) {
        others.follow(alert, observation);
    }

    @Override
    public boolean watches() {
        return others.watches();
    }

    @Override
    public void watch(Event event, Observation observation) {
        others.watch(event, observation);
    }

    @Override
    public Demand demand(Demand ofRules) {
        return others.demand(ofRules);
    }

    @Override
    public boolean begin(Observation observation) {
        return others.begin(observation);
    }

    @Override
    public void end(Observation observation) {
        others.end(observation);
        activity.saw(observation);
    }

    @Override
    public void tick() {
        others.tick();
        activity.tick();
    }
}
