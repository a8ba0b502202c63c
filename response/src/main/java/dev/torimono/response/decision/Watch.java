// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.model.Enforcement.Refusal;

/**
 * What policies ask for in one container, as far as execs go.
 *
 * @param rules whether any acts on what rules find: held execs are judged by rules
 * @param drift whether any judges drift, if only to tell
 * @param driftActs whether any acts on drift: held execs are judged for it
 * @param malware whether any refuses known malware: held programs are judged by their hashes
 * @param prevents whether any of them refuses execs; else they are ended
 * @param memoryDies whether programs from memory and deleted files end in any case: a drift policy
 *     acts and names neither exceptions nor parents
 * @param refusal what is refused whatever else is true of an exec: the kernel may do so by itself
 * @param unsettled whether it cannot be told yet of some that acts whether it covers the container
 * @param policies names of those that act, for people
 */
public record Watch(
        boolean rules,
        boolean drift,
        boolean driftActs,
        boolean malware,
        boolean prevents,
        boolean memoryDies,
        Refusal refusal,
        boolean unsettled,
        String policies) {
    /** Nothing is asked for. */
    public static final Watch NOTHING =
            new Watch(false, false, false, false, false, false, Refusal.NONE, false, "");

    /** Whether execs of the container are to be held. */
    public boolean holds() {
        return rules || driftActs || malware;
    }
}
