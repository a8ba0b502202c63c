// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Alone;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Nobody is held for ever by an agent that fails, and nothing passes in silence. */
@Alone
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateFaultScenario {
    private static final int ATTEMPTS = 5;

    /** Less than the five seconds after which an agent that does not get to work ends. */
    private static final Duration STOPS = Duration.ofMillis(1500);

    private static final String PASSED = "Torimono internal: execs passed unjudged";
    private static final String POLICY =
            """
            policies:
              - name: No drift
                type: drift
                scope: container.name = NAME
                actions: {prevent: true}
                drift: {prohibited_binaries: [/none]}
            """;

    /** Waits for a line and becomes a program that fanotify cannot see: on a mount of its own. */
    private static final String WAITS =
            "rm -f /go; mkfifo /go; exec unshare -m sh -c 'mount -t tmpfs none /mnt;"
                    + " cp /bin/busybox /mnt/echo; read line < /go; exec /mnt/echo went on > /on'";

    private final DockerDaemon docker;
    private final Container container;

    GateFaultScenario(DockerDaemon docker) {
        this.docker = docker;
        List<String> options = new ArrayList<>(List.of("--network", "none"));
        options.addAll(List.of("--cap-add", "SYS_ADMIN", "--security-opt", "seccomp=unconfined"));
        container = docker.run(docker.images().busybox(), options, "sleep", "1000000");
        container.exec("mkdir", "/mnt").check();
    }

    @AfterAll
    void stop() {
        container.close();
    }

    private AgentSetup setup(String name) {
        return new AgentSetup(docker, name)
                .policies("drift.yaml", POLICY.replace("NAME", container.name()));
    }

    private AgentProcess start(AgentSetup setup) {
        AgentProcess agent = setup.start();
        agent.awaitLog("(" + container.name() + ") armed");
        return agent;
    }

    @Test
    void whoWasStoppedByAnAgentThatIsKilledGoesOnWithTheNext() throws IOException {
        AgentSetup setup = setup("fault-kill");
        long stopped = 0;
        for (int i = 0; i < ATTEMPTS && stopped == 0; i++) {
            stopped = stopAndKill(setup);
        }
        assertThat(stopped).as("process that an agent left stopped").isNotZero();
        assertThat(state(stopped)).isEqualTo("T");

        try (AgentProcess next = start(setup)) {
            next.awaitLog("processes go on that an agent which is gone had left stopped");
            Pause.until(
                    "what was stopped to be done",
                    Duration.ofSeconds(10),
                    () -> container.exec("cat", "/on").run().text().equals("went on"));
            AlertLine told = next.alerts().await(PASSED, alert -> alert.rule().equals(PASSED));
            assertThat(told.field("execs.recovered")).isEqualTo("1");
            assertThat(doctor(setup)).contains("execs_recovered=1");
        }
    }

    /** The process that stands stopped now that its agent is dead; 0 when the agent was quicker. */
    private long stopAndKill(AgentSetup setup) throws IOException {
        AgentProcess agent = start(setup);
        container.execDetached("sh", "-c", WAITS).check();
        Path fifo = Path.of("/proc/" + container.pid() + "/root/go");
        Pause.until("a shell that waits", Duration.ofSeconds(20), () -> readerOf("/mnt/echo") != 0);
        // Its own timer would go on with it after half a second.
        Command.of("kill", "-STOP", Long.toString(agent.pid())).check();
        Files.writeString(fifo, "go\n");
        for (int i = 0; i < 20 && find("/mnt/echo", "T") == 0; i++) {
            Pause.millis(10);
        }
        agent.kill();
        return find("/mnt/echo", "T");
    }

    /** Whether the shell in the mount namespace of its own has made its program; its pid. */
    private long readerOf(String program) {
        return processes()
                .filter(pid -> Files.exists(Path.of("/proc/" + pid + "/root" + program)))
                .findFirst()
                .orElse(0L);
    }

    private static long find(String program, String state) {
        return processes()
                .filter(
                        pid -> {
                            try {
                                Path exe = Files.readSymbolicLink(Path.of("/proc/" + pid + "/exe"));
                                return exe.toString().equals(program) && state(pid).equals(state);
                            } catch (IOException | UncheckedIOException e) {
                                // It is gone, or none of ours.
                                return false;
                            }
                        })
                .findFirst()
                .orElse(0L);
    }

    private static Stream<Long> processes() {
        return ProcessHandle.allProcesses().map(ProcessHandle::pid);
    }

    private static String state(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoIsHeldWhenTheAgentIsKilledPassesAtOnce() {
        AgentProcess agent = start(setup("fault-held"));
        Command.of("kill", "-STOP", Long.toString(agent.pid())).check();
        CompletableFuture<String> held =
                CompletableFuture.supplyAsync(() -> container.exec("echo", "on").check().text());
        agent.kill();

        assertThat(held.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join())
                .isEqualTo("on");
    }

    /**
     * An agent that is stopped again and again, which its own timers cannot mend. Mostly it judges
     * in the moments between, and at times it ends itself: both are right, and neither is looked
     * for.
     */
    @Test
    void whatPassesBecauseTheAgentDoesNotWorkIsCountedAndTold() {
        AgentSetup setup = setup("fault-stop");
        for (int i = 0; i < 2 * ATTEMPTS; i++) {
            AgentProcess agent = start(setup);
            stopAgainAndAgain(agent);
            if (told(agent)) {
                assertThat(agent.logText()).contains(PASSED + " | passed=");
                assertThat(doctor(setup)).containsPattern("execs_(passed|released)_[a-z_]+=[1-9]");
                agent.close();
                return;
            }
            agent.kill();
        }
        throw new AssertionError(
                "nothing passed, or it was not told, in " + 2 * ATTEMPTS + " tries");
    }

    private void stopAgainAndAgain(AgentProcess agent) {
        CompletableFuture<Void> execs = CompletableFuture.runAsync(this::execs);
        long end = System.nanoTime() + STOPS.toNanos();
        boolean alive = true;
        while (alive && System.nanoTime() < end) {
            alive = Command.of("kill", "-STOP", Long.toString(agent.pid())).run().exit() == 0;
            Pause.millis(10);
        }
        execs.join();
        for (int i = 0; i < 30 && alive && !told(agent); i++) {
            Pause.millis(100);
        }
    }

    private static boolean told(AgentProcess agent) {
        return !agent.alerts().all(alert -> alert.rule().equals(PASSED)).isEmpty();
    }

    private void execs() {
        for (int i = 0; i < 4; i++) {
            assertThat(container.exec("echo", "on").check().text()).isEqualTo("on");
        }
    }

    private static String doctor(AgentSetup setup) {
        List<String> words = new ArrayList<>(List.of("doctor"));
        words.addAll(List.of(setup.options()));
        return AgentProcess.run(words.toArray(String[]::new)).check().out();
    }
}
