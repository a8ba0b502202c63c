// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules that people bring along: Falco's own stable file. */
@NeedsDocker
class UpstreamRulesScenario {
    private static final Path FILE =
            AgentProcess.root().resolve("../shared/falco/rules/falco_rules.yaml").normalize();

    private final DockerDaemon docker;

    UpstreamRulesScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @BeforeAll
    static void reference() {
        assumeTrue(Files.exists(FILE), "../shared is absent");
    }

    @Test
    void checkLoadsTheFile() {
        Command.Result result = AgentProcess.run("rules", "check", FILE.toString()).run();
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
    }

    @Test
    void theirRuleFiresUnchanged() {
        AgentSetup setup = new AgentSetup(docker, "upstream").rules(FILE);
        try (AgentProcess agent = setup.start();
                Container container = docker.sleeper()) {
            container.exec("ln", "-s", "/etc/shadow", "/tmp/innocent").check();
            AlertLine alert =
                    agent.alerts().await("Create Symlink Over Sensitive Files", container);
            assertThat(alert.output()).contains("Symlinks created over sensitive files");
        }
    }
}
