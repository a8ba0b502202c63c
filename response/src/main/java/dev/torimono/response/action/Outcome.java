// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import dev.torimono.model.ActionResult.Status;

/**
 * How an action ended.
 *
 * @param status what became of it
 * @param reason what is worth saying; empty for nothing
 */
public record Outcome(Status status, String reason) {
    /** Done, with nothing to say. */
    public static final Outcome DONE = new Outcome(Status.DONE, "");

    /** Tried in vain. */
    public static Outcome failed(String reason) {
        return new Outcome(Status.FAILED, reason);
    }

    /** A guard objected. */
    public static Outcome refused(String reason) {
        return new Outcome(Status.REFUSED, reason);
    }

    /** Only told. */
    public static Outcome monitored(String reason) {
        return new Outcome(Status.MONITORED, reason);
    }
}
