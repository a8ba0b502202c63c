// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.evasion;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import java.util.function.Predicate;

/**
 * Where evasions are performed.
 *
 * @param docker daemon of the run
 * @param agent that looks on
 * @param container in which they are performed
 */
record Range(DockerDaemon docker, AgentProcess agent, Container container) {
    static final String EVADER = "/tools/evader";

    /** Exit code of a deed that this kernel does not offer. */
    private static final int UNAVAILABLE = 77;

    /** Runs a command in the container; it must succeed. */
    Command.Result exec(String... command) {
        Command.Result result = container.exec(command).run();
        if (result.exit() == UNAVAILABLE) {
            throw new Unavailable(result.err());
        }
        if (result.exit() != 0) {
            throw new AssertionError(
                    String.join(" ", command) + ": exit " + result.exit() + "\n" + result.err());
        }
        return result;
    }

    AlertLine await(String what, Predicate<AlertLine> sign) {
        return agent.alerts().await(what, sign);
    }

    /** Everything that happened before has been told when this returns. */
    void settle(String marker) {
        exec("cp", "/etc/hostname", "/tmp/marker-" + marker);
        exec("cat", "/tmp/marker-" + marker);
        await("the marker " + marker, Evasion.sign("Marker read", "cat /tmp/marker-" + marker));
    }

    /** The kernel does not offer the way. */
    static final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unavailable(String why) {
            super(why.strip());
        }
    }
}
