// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import dev.torimono.model.ActionResult;
import dev.torimono.model.Verdict;
import java.util.List;

/**
 * Hears what a decision came to. Called by the thread that carries out, by the responder's own
 * threads, never by two at once.
 */
public interface Reply {
    /**
     * The alert can be told: everything is done, or the wait is over and the rest is pending.
     * Called exactly once.
     */
    void told(List<Verdict> verdicts, List<ActionResult> actions);

    /** Policies that turned out to cover it after {@link #told}. */
    void decided(List<Verdict> verdicts);

    /** A result that came after {@link #told}. */
    void late(ActionResult result);
}
