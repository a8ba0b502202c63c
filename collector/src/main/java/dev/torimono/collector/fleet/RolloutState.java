// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.event.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far something new has come. Bundles are named by their numbers.
 *
 * @param stable what everyone has who does not have the candidate
 * @param candidate what is on its way; 0 for nothing
 * @param stage last stage that gets it; -1 for none yet
 * @param stageSinceMs since when, ms since the epoch
 * @param halted why it goes no further; empty when it does
 * @param pinned what everyone gets, whatever else there is; 0 for nothing
 */
record RolloutState(
        long stable, long candidate, int stage, long stageSinceMs, String halted, long pinned) {

    RolloutState begins(long number) {
        return new RolloutState(stable, number, -1, 0, "", pinned);
    }

    RolloutState at(int next, long nowMs) {
        return new RolloutState(stable, candidate, next, nowMs, "", pinned);
    }

    RolloutState done() {
        return new RolloutState(candidate, 0, -1, 0, "", pinned);
    }

    RolloutState haltedBy(String why) {
        return new RolloutState(stable, candidate, stage, stageSinceMs, why, pinned);
    }

    RolloutState withPinned(long number) {
        return new RolloutState(stable, candidate, stage, stageSinceMs, halted, number);
    }

    long oldest() {
        long oldest = stable;
        oldest = candidate > 0 ? Math.min(oldest, candidate) : oldest;
        return pinned > 0 ? Math.min(oldest, pinned) : oldest;
    }

    ObjectNode json() {
        return Json.object()
                .put("stable", stable)
                .put("candidate", candidate)
                .put("stage", stage)
                .put("stageSince", stageSinceMs)
                .put("halted", halted)
                .put("pinned", pinned);
    }

    static RolloutState of(JsonNode json) {
        return new RolloutState(
                json.path("stable").asLong(0),
                json.path("candidate").asLong(0),
                json.path("stage").asInt(-1),
                json.path("stageSince").asLong(0),
                json.path("halted").asString(""),
                json.path("pinned").asLong(0));
    }
}
