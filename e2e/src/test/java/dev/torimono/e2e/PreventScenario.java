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

/** Execs that a rule finds are refused, or ended, before the program's first instruction. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PreventScenario {
    private static final String SHELL = "Terminal shell in container";
    private static final String TOUCH_RULE =
            """
            - rule: Touch by shell
              desc: a test asks for it
              condition: spawned_process and container and proc.name = sh and proc.args contains touch
              output: touch
              priority: WARNING
            - rule: Touch by anybody
              desc: a test asks for it
              condition: spawned_process and container and proc.name = touch
              output: touch
              priority: WARNING
            """;

    private static final String KILL =
            """
            policies:
              - name: Touch is ended
                scope: container.name = NAME
                rules: [Touch by shell]
                actions: {kill_process: true}
            """;

    private static final String FIRST =
            """
            policies:
              - name: Nothing starts
                scope: container.name startswith tori-first-
                rules: [Touch by anybody]
                actions: {prevent: true}
            """;

    private final DockerDaemon docker;
    private final Container test;
    private final Container killed;
    private final AgentProcess agent;

    PreventScenario(DockerDaemon docker) throws IOException {
        this.docker = docker;
        this.test = docker.sleeper();
        this.killed = docker.sleeper();
        Path example = AgentProcess.root().resolve("ruleset/examples/prevent-shell.yaml");
        String policy =
                Files.readString(example)
                        .replace("container.name = test", "container.name = " + test.name());
        this.agent =
                new AgentSetup(docker, "prevent")
                        .rules("touch.yaml", TOUCH_RULE)
                        .policies("prevent-shell.yaml", policy)
                        .policies("first.yaml", FIRST)
                        .policies("kill.yaml", KILL.replace("NAME", killed.name()))
                        .start();
        agent.awaitLog("(" + test.name() + ") armed");
        agent.awaitLog("(" + killed.name() + ") armed");
    }

    @AfterAll
    void stop() {
        agent.close();
        killed.close();
        test.close();
    }

    @Test
    void shellNeverStartsAndItsCallerIsTold() {
        Command.Result shell =
                test.terminal("sh").inputStaysOpen().within(Duration.ofSeconds(15)).run();

        assertThat(shell.exit()).isNotZero();
        assertThat(shell.out())
                .contains("was blocked by policy \"Refuse a shell in test\"")
                .containsIgnoringCase("operation not permitted");
        AlertLine alert =
                agent.alerts()
                        .await("a refused shell", a -> a.from(test) && a.rule().equals(SHELL));
        assertThat(alert.actions()).containsExactly("exec_prevented done");
        assertThat(alert.policies()).contains("Runtime Notable Events", "Refuse a shell in test");
        assertThat(alert.lineage().getFirst().name()).isEqualTo("sh");
        assertThat(test.exec("echo", "alive").check().text()).isEqualTo("alive");
        assertThat(agent.alerts().all(a -> a.from(test) && a.rule().equals(SHELL))).hasSize(1);
    }

    /** Scoped by a name, which only the runtime can tell. */
    @Test
    void veryFirstProgramOfAContainerIsJudged() throws IOException {
        Path shared = Files.createDirectories(docker.folder("first"));
        for (int i = 0; i < 5; i++) {
            docker.docker(
                            "run",
                            "--rm",
                            "--network",
                            "none",
                            "--name",
                            "tori-first-" + i,
                            "-v",
                            shared + ":/shared",
                            docker.images().busybox(),
                            "touch",
                            "/shared/" + i)
                    .run();
        }
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void killedShellTouchesNothing() {
        for (int i = 0; i < 10; i++) {
            assertThat(killed.exec("sh", "-c", "touch /made").run().exit()).isEqualTo(137);
        }
        assertThat(killed.exec("ls", "/").check().out()).doesNotContain("made");
        AlertLine alert =
                agent.alerts()
                        .await(
                                "a killed touch",
                                a -> a.from(killed) && a.rule().equals("Touch by shell"));
        assertThat(agent.alerts().settled(alert).actions()).containsExactly("process_killed done");
    }

    @Test
    void stoppedAgentIsContinuedAndHoldsNobodyForLong() {
        Command.of("kill", "-STOP", Long.toString(agent.pid())).check();
        long start = System.nanoTime();

        assertThat(test.exec("echo", "on").within(Duration.ofSeconds(20)).check().text())
                .isEqualTo("on");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        Pause.until(
                "the agent to run again",
                Duration.ofSeconds(20),
                () -> {
                    try {
                        return !Files.readString(Path.of("/proc/" + agent.pid() + "/stat"))
                                .contains(") T ");
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
    }
}
