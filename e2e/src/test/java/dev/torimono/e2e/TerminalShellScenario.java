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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody enters a container: the founding case. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalShellScenario {
    private static final String RULE = "Terminal shell in container";

    private final DockerDaemon docker;
    private final AgentProcess agent;

    TerminalShellScenario(DockerDaemon docker) {
        this.docker = docker;
        this.agent = new AgentSetup(docker, "terminal-shell").start();
    }

    @AfterAll
    void stop() {
        agent.close();
    }

    @Test
    void oneAlertTellsContainerImageUserAndTerminal() {
        try (Container container = docker.sleeper()) {
            container.terminal("sh").input("echo hello from inside\nexit\n").check();

            AlertLine alert = agent.alerts().await(RULE, container);
            assertThat(alert.priority()).isEqualTo("Notice");
            assertThat(alert.field("container.name")).isEqualTo(container.name());
            assertThat(alert.field("container.id")).isEqualTo(container.id());
            assertThat(alert.field("container.image.repository")).isEqualTo("tori/busybox");
            assertThat(alert.field("container.image.tag")).isEqualTo("1");
            assertThat(alert.field("user.name")).isEqualTo("root");
            assertThat(alert.field("proc.cmdline")).isEqualTo("sh");
            assertThat(alert.field("proc.exepath")).isEqualTo("/bin/busybox");
            assertThat(alert.field("proc.tty")).isNotEqualTo("0");
            assertThat(alert.lineage().getFirst().tty()).startsWith("pts/");

            container.terminal("sh", "-c", "true").check();
            agent.alerts()
                    .await(
                            "the second shell's alert",
                            a -> a.from(container) && a.field("proc.cmdline").equals("sh -c true"));
            assertThat(agent.alerts().all(a -> a.from(container))).hasSize(2);
        }
    }

    @Test
    void lineageGoesFromTheShellThroughTheShimToPidOne() {
        try (Container container = docker.sleeper()) {
            container.terminal("sh").input("exit\n").check();

            List<AlertLine.Relative> lineage = agent.alerts().await(RULE, container).lineage();
            assertThat(lineage.getFirst().name()).isEqualTo("sh");
            assertThat(lineage.getFirst().container()).isEqualTo(container.id());
            assertThat(lineage)
                    .anySatisfy(
                            process -> {
                                assertThat(process.name()).isEqualTo("containerd-shim");
                                assertThat(process.exe()).endsWith("containerd-shim-runc-v2");
                                assertThat(process.container()).isEqualTo("host");
                            });
            assertThat(lineage.getLast().pid()).isEqualTo(1);
            assertThat(lineage).allSatisfy(process -> assertThat(process.name()).isNotEmpty());
        }
    }

    @Test
    void userIsNamedByTheContainersOwnAccounts() {
        List<String> asApp = List.of("--user", "app", "--network", "none");
        try (Container container = docker.run(docker.images().busybox(), asApp, "sleep", "1000")) {
            container.terminal("sh").input("exit\n").check();

            AlertLine alert = agent.alerts().await(RULE, container);
            assertThat(alert.field("user.uid")).isEqualTo("1000");
            assertThat(alert.field("user.name")).isEqualTo("app");
            assertThat(alert.lineage().getFirst().user()).isEqualTo("app");
        }
    }

    @Test
    void commandsWithoutATerminalRaiseNothing() {
        try (Container quiet = docker.sleeper();
                Container loud = docker.sleeper()) {
            quiet.exec("sh", "-c", "ls / >/dev/null; touch /tmp/x; cat /etc/passwd").check();
            quiet.exec("id").check();
            loud.terminal("sh").input("exit\n").check();

            agent.alerts().await(RULE, loud);
            assertThat(agent.alerts().all(alert -> alert.from(quiet))).isEmpty();
        }
    }
}
