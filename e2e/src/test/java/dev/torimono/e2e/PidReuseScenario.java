// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Images;
import dev.torimono.e2e.fixture.NeedsRoot;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody forks so fast that ids come again while the killer still aims at their old owners. */
@NeedsRoot
class PidReuseScenario {
    private static final int NO_NAMESPACED_IDS = 3;

    @Test
    void nobodyDiesInAnothersPlace() {
        String script = AgentProcess.root().resolve("bench/scripts/pid-reuse").toString();
        Command.Result result =
                Command.of(script, "2000")
                        .with("JAVA_HOME", Images.javaHome().toString())
                        .within(Duration.ofMinutes(3))
                        .run();
        assumeTrue(
                result.exit() != NO_NAMESPACED_IDS,
                "pid_max belongs to the namespace since Linux 6.14 only");

        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.out()).contains("killed=0").doesNotContain("met_another_process=0 ");
    }
}
