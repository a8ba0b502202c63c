// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.Locale;

/**
 * What became of one action, as alerts tell it.
 *
 * @param type what was done, such as {@code process_killed}
 * @param status what became of it
 * @param reason why it was not done, or what is worth knowing; empty when there is nothing to say
 * @param latencyMs from the event to the verified end; -1 when nothing ended
 */
public record ActionResult(String type, Status status, String reason, double latencyMs) {

    /** What can become of an action. */
    public enum Status {
        /** Done and verified. */
        DONE,
        /** Tried in vain. */
        FAILED,
        /** A guard objected; nothing was tried. */
        REFUSED,
        /** Not finished when the alert was told. */
        PENDING,
        /** Would have been done: its policy or the whole agent only monitors. */
        MONITORED;

        /** As it stands in alerts. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static ActionResult of(String type, Status status, String reason) {
        return new ActionResult(type, status, reason, -1);
    }
}
