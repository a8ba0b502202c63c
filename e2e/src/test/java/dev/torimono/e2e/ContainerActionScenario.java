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
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A policy stops, kills or pauses the whole container, through its runtime or without one. */
@NeedsDocker
class ContainerActionScenario {
    private static final String RULE =
            """
            - rule: Trigger written
              desc: a test asks for it
              condition: evt.type in (open, openat, openat2) and evt.is_open_write=true
                and fd.name = /tmp/trigger
              output: trigger
              priority: WARNING
            """;

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final DockerDaemon docker;

    ContainerActionScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    /** By id: what has no runtime that answers has no name. */
    private static String policy(String step, Container container) {
        return """
                  - name: %s
                    scope: container.full_id = %s
                    rules: [Trigger written]
                    actions: {container: %s}
                """
                .formatted(step, container.fullId(), step);
    }

    private String state(Container container) {
        return docker.docker("inspect", "-f", "{{.State.Status}}", container.fullId())
                .check()
                .text();
    }

    private void awaitState(Container container, String wanted) {
        Pause.until(container + " " + wanted, LIMIT, () -> state(container).equals(wanted));
    }

    private static void trigger(Container container) {
        container.execDetached("sh", "-c", "echo > /tmp/trigger; sleep 60").check();
    }

    private void pauseAndKill(AgentSetup setup, String remark) throws IOException {
        try (Container paused = docker.sleeper();
                Container killed = docker.sleeper();
                Container spared = docker.sleeper()) {
            String policies = policy("pause", paused) + policy("kill", killed);
            setup.rules("local.yaml", RULE).policies("p.yaml", "policies:\n" + policies);
            try (AgentProcess agent = setup.start()) {
                Path freezer = freezer(paused);
                trigger(spared);
                trigger(paused);
                Pause.until("frozen " + paused, LIMIT, () -> frozen(freezer));
                assertThat(settled(agent, paused).actions())
                        .containsExactly("container_paused done");

                trigger(killed);
                awaitState(killed, "exited");
                AlertLine told = settled(agent, killed);
                assertThat(told.actions()).containsExactly("container_killed done");
                assertThat(told.json().path("actions").path(0).path("reason").asString("?"))
                        .isEqualTo(remark);
                assertThat(state(spared)).isEqualTo("running");
            } finally {
                thaw(paused);
            }
        }
    }

    /** The alert, or what was told after it when the machine was slow. */
    private static AlertLine settled(AgentProcess agent, Container container) {
        AlertLine told = agent.alerts().await("Trigger written", container);
        return agent.alerts().settled(told);
    }

    private static Path freezer(Container container) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + container.pid() + "/cgroup"))) {
            String path = line.substring(line.indexOf(':', 2) + 1);
            Path legacy = Path.of("/sys/fs/cgroup/freezer" + path + "/freezer.state");
            Path unified = Path.of("/sys/fs/cgroup" + path + "/cgroup.freeze");
            if (line.contains(":freezer:") && Files.exists(legacy)) {
                return legacy;
            }
            if (line.startsWith("0::") && Files.exists(unified)) {
                return unified;
            }
        }
        throw new AssertionError(container + ": no freezer");
    }

    private static boolean frozen(Path freezer) {
        try {
            String state = Files.readString(freezer).strip();
            return state.equals("FROZEN") || state.equals("1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Docker thaws only what it froze itself. */
    private void thaw(Container container) throws IOException {
        Path freezer = freezer(container);
        if (docker.docker("unpause", container.fullId()).run().exit() != 0 && frozen(freezer)) {
            Files.writeString(freezer, freezer.endsWith("freezer.state") ? "THAWED" : "0");
        }
    }

    @Test
    void containersArePausedAndKilledThroughTheirRuntime() throws IOException {
        pauseAndKill(new AgentSetup(docker, "container-actions"), "");
    }

    @Test
    void withoutARuntimeTheirCgroupsServe() throws IOException {
        pauseAndKill(
                new AgentSetup(docker, "cgroup-actions").socket("/no/docker.sock"),
                "through its cgroup");
    }

    @Test
    void stopGivesTenSecondsAndItsEndIsToldLater() {
        try (Container stopped = docker.sleeper()) {
            AgentSetup setup =
                    new AgentSetup(docker, "container-stop")
                            .rules("local.yaml", RULE)
                            .policies("p.yaml", "policies:\n" + policy("stop", stopped));
            try (AgentProcess agent = setup.start()) {
                trigger(stopped);
                AlertLine first = agent.alerts().await("Trigger written", stopped);
                assertThat(first.actions()).containsExactly("container_stopped pending");
                AlertLine end = agent.alerts().settled(first);
                assertThat(end.actions()).containsExactly("container_stopped done");
                assertThat(end.from(stopped)).isTrue();
                awaitState(stopped, "exited");
            }
        }
    }
}
