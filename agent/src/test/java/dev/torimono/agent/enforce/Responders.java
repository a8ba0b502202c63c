// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.model.ProcessKiller;
import dev.torimono.response.ContainerBoard;
import dev.torimono.response.Means;
import dev.torimono.response.Responder;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.Recorder;
import java.util.List;

/** Those who act in tests: every process that they are to end has ended. */
final class Responders {
    private Responders() {}

    static Responder ofTheGone(KillSwitch killSwitch) {
        return new Responder(
                Means.live(
                        (_, _) -> new ProcessKiller.Gone("it had ended"),
                        _ -> null,
                        List.of(),
                        List.of(),
                        Recorder.NONE,
                        new ContainerBoard(),
                        killSwitch,
                        false),
                () -> 1);
    }
}
