// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.Container;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Enforcement.Standing;
import dev.torimono.model.Fd;
import dev.torimono.model.HeldExec;
import dev.torimono.model.HeldFile;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.drift.Origin;

/**
 * Says which programs that passed need not be asked about again: only those that the image brought;
 * what else is true of them is not asked.
 */
final class StandingJudge {
    private StandingJudge() {}

    /**
     * @param inKernel what the kernel refuses in the container by itself
     */
    static Standing of(HeldExec exec, Container container, PolicySet policies, Refusal inKernel) {
        HeldFile file = exec.file();
        if (Origins.of(file) != Origin.IMAGE || !file.is(Fd.LOWER_LAYER) || exec.script()) {
            return Standing.NO;
        }
        String path = file.path().toString();
        if (Launchers.isLoader(path)) {
            // Rules are not asked about the loader of a program; prohibited binaries are.
            return exec.continues()
                            && !policies.acting().prohibits(container, path, exec.alone(), inKernel)
                    ? Standing.LOADER
                    : Standing.NO;
        }
        // What it executes is named by its arguments, of which nobody may ask.
        return Launchers.mayLaunch(path) && policies.acting().judgesScripts(container)
                ? Standing.NO
                : policies.acting()
                        .standing(
                                container,
                                path,
                                exec.calledAs().toString(),
                                exec.alone(),
                                inKernel);
    }
}
