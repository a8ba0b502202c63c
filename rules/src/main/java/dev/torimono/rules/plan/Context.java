// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Accounts;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;

/** The event being evaluated, with a stamp by which caches know that they are of another event. */
final class Context {
    private Observation observation = new Observation(Accounts.NONE, FdTable.NONE);
    private int epoch;

    /** Turns to the next event; every cache of the last one is void. */
    void next(Observation ofEvent) {
        observation = ofEvent;
        epoch++;
    }

    int epoch() {
        return epoch;
    }

    Observation observation() {
        return observation;
    }
}
