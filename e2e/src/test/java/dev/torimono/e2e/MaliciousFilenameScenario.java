// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import org.junit.jupiter.api.Test;

/** A payload is put in place under a known name; then the list of names grows while we run. */
@NeedsDocker
class MaliciousFilenameScenario {
    private static final String RULE = "Malicious filenames written";

    private final DockerDaemon docker;

    MaliciousFilenameScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void appendedNameIsSeenWithoutARestart() {
        AgentSetup setup = new AgentSetup(docker, "malicious").rules("local.yaml", "");
        try (AgentProcess agent = setup.start();
                Container container = docker.sleeper()) {
            container.exec("touch", "/test.txt").check();
            container.exec("touch", "/kinsing").check();
            AlertLine alert = agent.alerts().await(RULE, container);
            assertThat(alert.field("fd.name")).isEqualTo("/kinsing");
            assertThat(alert.field("proc.cmdline")).isEqualTo("touch /kinsing");
            assertThat(alert.field("container.name")).isEqualTo(container.name());
            assertThat(agent.alerts().all(a -> a.from(container))).hasSize(1);

            setup.write(
                    "local.yaml",
                    """
                    - list: malicious_filenames
                      items: [test.txt]
                      override: {items: append}
                    """);
            agent.alerts()
                    .awaitWhile(
                            "an alert for /test.txt after the list has grown",
                            a -> a.from(container) && a.field("fd.name").equals("/test.txt"),
                            () -> {
                                // busybox only opens what it has to create.
                                container.exec("rm", "-f", "/test.txt").check();
                                container.exec("touch", "/test.txt").check();
                            });

            container.exec("touch", "/tmp/kinsing").check();
            agent.alerts()
                    .await(
                            "the old names",
                            a -> a.from(container) && a.field("fd.name").equals("/tmp/kinsing"));
        }
    }

    @Test
    void brokenEditKeepsTheOldRulesAndSaysSo() {
        AgentSetup setup = new AgentSetup(docker, "broken-edit").rules("local.yaml", "");
        try (AgentProcess agent = setup.start();
                Container container = docker.sleeper()) {
            setup.write("local.yaml", "- rule: Half a rule\n  condition: (evt.type =\n");
            agent.awaitLog("local.yaml");
            container.exec("touch", "/xmrig").check();
            assertThat(agent.alerts().await(RULE, container).field("fd.name")).isEqualTo("/xmrig");
        }
    }
}
