// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.response.policy.Actions;
import org.jspecify.annotations.Nullable;

/** Keeps the recent past for those who may ask for it. */
public interface Past {
    /** Nobody's past. */
    Past NONE =
            new Past() {
                @Override
                public void want(Actions.@Nullable Capture widest) {
                    // Nobody asks.
                }

                @Override
                public boolean isWanted() {
                    return false;
                }

                @Override
                public void keep(Event event, Observation observation) {
                    // Nobody asks.
                }

                @Override
                public void tick() {
                    // Nothing is under way.
                }
            };

    /** What may be asked for from now on; null for nothing. */
    void want(Actions.@Nullable Capture widest);

    boolean isWanted();

    void keep(Event event, Observation observation);

    void tick();
}
