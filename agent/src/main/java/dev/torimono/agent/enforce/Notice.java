// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.HeldExec;
import dev.torimono.response.drift.DriftJudgement;

/** What a blocked caller reads on its terminal when a rule was the reason. */
final class Notice {
    private Notice() {}

    static String refused(HeldExec exec, String policy) {
        return "Torimono: execution of '"
                + DriftJudgement.printable(exec.file().path().toString())
                + "' by process '"
                + DriftJudgement.printable(exec.launcher().toString())
                + "' was blocked by policy \""
                + DriftJudgement.printable(policy)
                + '"';
    }
}
