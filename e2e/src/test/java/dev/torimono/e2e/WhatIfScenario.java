// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody tries a policy before enforcing it, and makes an exception of what it would hit. */
@NeedsDocker
class WhatIfScenario {
    private final DockerDaemon docker;

    WhatIfScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void monitoredPolicyIsAskedWhatItWouldDoAndLearnsAnException() {
        try (Container container = docker.sleeper()) {
            AgentSetup setup =
                    new AgentSetup(docker, "what-if")
                            .policies(
                                    "trial.yaml",
                                    """
                                    policies:
                                      # On trial until Monday.
                                      - name: Trial
                                        mode: monitor
                                        scope: container.name = %s
                                        rules:
                                          - Terminal shell in container
                                        actions:
                                          kill_process: true
                                    """
                                            .formatted(container.name()));
            try (AgentProcess agent = setup.start()) {
                assertThat(container.terminal("sh", "-c", "exit 7").run().exit()).isEqualTo(7);
                AlertLine first = agent.alerts().await("Terminal shell in container", container);
                assertThat(first.policies()).contains("Trial");
                assertThat(first.actions()).containsExactly("process_killed monitored");

                String report = run(setup, "policy", "what-if", "Trial", "--since", "1h");
                assertThat(report)
                        .contains("covered            1\n")
                        .contains("it would have      done kill_process, 1 times\n")
                        .contains("in force, it told  1 alerts, 1 with an action that was only")
                        .contains("sh -c exit 7");

                String id = first.json().path("id").asString("");
                String added =
                        run(
                                setup,
                                "exception",
                                "add",
                                "--from",
                                id,
                                "--policy",
                                "Trial",
                                "--reason",
                                "our own door",
                                "--owner",
                                "ops@example.org",
                                "--write");
                assertThat(added)
                        .contains("   # On trial until Monday.\n")
                        .contains("+        reason: \"our own door\"\n")
                        .contains("it would have silenced 1 of 1 recorded findings");

                agent.awaitLog("rules reloaded");
                AlertLine second =
                        agent.alerts()
                                .awaitWhile(
                                        "an alert that the policy leaves alone",
                                        a -> a.from(container) && !a.policies().contains("Trial"),
                                        () -> container.terminal("sh", "-c", "exit 7").run());
                assertThat(second.actions()).isEmpty();
                assertThat(run(setup, "policy", "what-if", "Trial"))
                        .contains("covered            0\n");
            }
        }
    }

    private static String run(AgentSetup setup, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(setup.options()));
        Command.Result result = AgentProcess.run(all.toArray(String[]::new)).run();
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result.out();
    }
}
