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
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A policy ends the process that a rule found: the first founding article. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KillProcessScenario {
    private static final String SHELL = "Terminal shell in container";
    private static final String KILLED = "process_killed done";

    private static final String LOCAL_RULE =
            """
            - rule: Trigger written
              desc: a test asks for it
              condition: evt.type in (open, openat, openat2) and evt.is_open_write=true
                and fd.name = /tmp/trigger
              output: trigger
              priority: WARNING
            """;

    private static final String TREE =
            """
            policies:
              - name: Tree
                scope: container.name = %s
                rules: [Trigger written]
                actions: {kill_process: tree}
            """;

    private final DockerDaemon docker;
    private final Container test;
    private final AgentSetup setup;
    private final AgentProcess agent;

    KillProcessScenario(DockerDaemon docker) throws IOException {
        this.docker = docker;
        this.test = docker.sleeper();
        this.setup =
                new AgentSetup(docker, "kill-process")
                        .rules("local.yaml", LOCAL_RULE)
                        .policies("kill-process.yaml", example("kill-process.yaml", test))
                        .policies("tree.yaml", TREE.formatted(test.name()));
        this.agent = setup.start();
    }

    /** The shipped example, for that container. */
    private static String example(String name, Container container) throws IOException {
        Path file = AgentProcess.root().resolve("ruleset/examples").resolve(name);
        return Files.readString(file)
                .replace("container.name = test", "container.name = " + container.name());
    }

    @AfterAll
    void stop() {
        agent.close();
        test.close();
    }

    private static long running(Container container, String line) {
        return container
                .exec("ps", "-o", "args")
                .check()
                .out()
                .lines()
                .filter(line::equals)
                .count();
    }

    @Test
    void shellIsEndedBeforeACommandCanBeTypedAndTheRestLivesOn() {
        test.execDetached("sleep", "4321").check();

        Command.Result shell =
                test.terminal("sh").inputStaysOpen().within(Duration.ofSeconds(15)).run();

        assertThat(shell.exit()).isEqualTo(137);
        AlertLine alert =
                agent.alerts().await("a killed shell", a -> a.from(test) && a.rule().equals(SHELL));
        AlertLine end = agent.alerts().settled(alert);
        assertThat(end.actions()).containsExactly(KILLED);
        assertThat(alert.policies()).contains("Runtime Notable Events", "No shell in test");
        assertThat(alert.json().path("severity").asInt()).isEqualTo(2);
        assertThat(end.json().path("actions").path(0).path("latency_ms").asDouble()).isPositive();
        assertThat(alert.lineage().getFirst().name()).isEqualTo("sh");
        assertThat(alert.priority()).isEqualTo("Notice");
        assertThat(running(test, "sleep 1000000")).isEqualTo(1);
        assertThat(running(test, "sleep 4321")).isEqualTo(1);
    }

    @Test
    void containerOutsideTheScopeIsLeftAlone() {
        try (Container other = docker.sleeper()) {
            assertThat(other.terminal("sh").input("exit 7\n").run().exit()).isEqualTo(7);
            AlertLine alert = agent.alerts().await(SHELL, other);
            assertThat(alert.actions()).isEmpty();
            assertThat(alert.policies()).containsExactly("Runtime Notable Events");
        }
    }

    @Test
    void treeGoesWithEverythingThatDescendsFromIt() {
        String script =
                "sleep 7001 & (sleep 7002 & setsid sleep 7003 & sleep 7004) & sleep 1;"
                        + " echo > /tmp/trigger; sleep 7005";

        assertThat(test.exec("sh", "-c", script).run().exit()).isEqualTo(137);

        AlertLine alert = agent.alerts().await("Trigger written", test);
        assertThat(agent.alerts().settled(alert).actions())
                .containsExactly("process_tree_killed done");
        assertThat(test.exec("ps", "-o", "args").check().out()).doesNotContain("sleep 700");
        assertThat(running(test, "sleep 1000000")).isEqualTo(1);
    }

    @Test
    void policiesChangeWhileItRunsAndBadOnesChangeNothing() {
        try (Container late = docker.sleeper()) {
            String kill =
                    """
                    policies:
                      - name: Late
                        scope: container.name = %s
                        rules: [Terminal shell in container]
                        actions: {kill_process: true}
                    """
                            .formatted(late.name());
            String tree = TREE.formatted(test.name());
            setup.write("tree.yaml", tree + kill.replace("policies:\n", ""));
            agent.awaitLog("policy \"Late\": kill; where container.name = " + late.name());
            agent.awaitLog("rules reloaded");
            untilKilled(late);

            setup.write("tree.yaml", tree + kill.replace("name: Late", "nome: Late"));
            agent.awaitLog("the old rules and policies stay in force");
            assertThat(agent.logText()).contains("tree.yaml:6:");
            untilKilled(late);
            setup.write("tree.yaml", tree);
        }
    }

    private static void untilKilled(Container container) {
        Pause.until(
                "a killed shell",
                Duration.ofSeconds(20),
                () -> container.terminal("sh", "-c", "sleep 5").run().exit() == 137);
    }

    @Test
    void badPolicyEndsTheStartWithItsPlace() {
        AgentProcess bad =
                AgentProcess.launch(
                        new AgentSetup(docker, "bad-policy")
                                .policies("bad.yaml", "policies:\n  - name: A\n    severity: 9\n")
                                .options());
        assertThat(bad.awaitEnd()).as(bad.logText()).isEqualTo(2);
        assertThat(bad.logText()).contains("bad.yaml:3:15:", "severity: 9", "^");
        assertThat(bad.logText()).doesNotContain("\tat ");
    }

    @Test
    void killSwitchFileStopsActionsAndNoAlert() throws IOException {
        try (Container armed = docker.sleeper();
                AgentProcess other =
                        new AgentSetup(docker, "kill-switch")
                                .policies("k.yaml", example("kill-process.yaml", armed))
                                .start()) {
            Path file = docker.folder("agent-kill-switch").resolve("kill-switch");
            Files.writeString(file, "drill of the night shift\n");
            assertThat(armed.terminal("sh", "-c", "sleep 1; exit 7").run().exit()).isEqualTo(7);
            AlertLine alert = other.alerts().await(SHELL, armed);
            assertThat(alert.actions()).containsExactly("process_killed refused");
            assertThat(alert.json().path("actions").path(0).path("reason").asString(""))
                    .isEqualTo("the kill switch is engaged: drill of the night shift");

            Files.delete(file);
            assertThat(armed.terminal("sh", "-c", "sleep 5").run().exit()).isEqualTo(137);
        }
    }
}
