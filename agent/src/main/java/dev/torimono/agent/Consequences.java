// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;

/** What follows from a finding. Called on the pipeline's thread; never makes it wait. */
public interface Consequences {
    /**
     * Has an alert told, now or once what follows from it is done.
     *
     * @param observation what was found; valid during the call only
     */
    void follow(Alert alert, Observation observation);

    /** Whether it wants to see every event, of every type. */
    default boolean watches() {
        return false;
    }

    /** Shows it an event, when it wants them; valid during the call only. */
    default void watch(Event event, Observation observation) {}

    /** What is to be told of besides what rules want. */
    default Demand demand(Demand ofRules) {
        return ofRules;
    }

    /** Before an exec is judged; false when it was told already. */
    default boolean begin(Observation observation) {
        return true;
    }

    /** After an event was judged by every rule. */
    default void end(Observation observation) {}

    /** Housekeeping between batches. */
    void tick();

    /** Nothing but the alert. */
    static Consequences tell(java.util.function.Consumer<Alert> alerts) {
        return new Consequences() {
            @Override
            public void follow(Alert alert, Observation observation) {
                alerts.accept(alert);
            }

            @Override
            public void tick() {
                // Nothing is under way.
            }
        };
    }
}
