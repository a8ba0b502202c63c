// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

/** Stops every action of this agent at once, whatever policies say. Any thread. */
public final class KillSwitch {
    private volatile String reason = "";

    /** From now on nothing is done; detection goes on. */
    public void engage(String why) {
        reason = why.isEmpty() ? "no reason given" : why;
    }

    public void release() {
        reason = "";
    }

    public boolean engaged() {
        return !reason.isEmpty();
    }

    /** Why; empty while it is not engaged. */
    public String reason() {
        return reason;
    }
}
