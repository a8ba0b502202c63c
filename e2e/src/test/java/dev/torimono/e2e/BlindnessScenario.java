// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Somebody with root takes the kernel's side of the agent apart: it says so. */
@NeedsDocker
class BlindnessScenario {
    /** {@code SYSCALL_PRCTL_X}. */
    private static final int PRCTL = 401;

    private final DockerDaemon docker;

    BlindnessScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void agentWhoseProgramsAreTakenAwayIsBlindAndSaysSo() throws IOException {
        AgentSetup setup = new AgentSetup(docker, "blind").set("sensor.canary-seconds", "1");
        try (AgentProcess agent = setup.start()) {
            String map = programs(agent);
            Command.of(
                            "/usr/sbin/bpftool",
                            "map",
                            "delete",
                            "id",
                            map,
                            "key",
                            Integer.toString(PRCTL & 0xff),
                            Integer.toString(PRCTL >> 8),
                            "0",
                            "0")
                    .check();
            AlertLine alert =
                    agent.alerts()
                            .await(
                                    "blindness",
                                    a -> a.rule().equals("Torimono internal: blind"),
                                    Duration.ofSeconds(60));
            assertThat(alert.priority()).isEqualTo("Critical");
            assertThat(alert.field("canary.missing")).isEqualTo("call");
        }
    }

    /** Id of the map by which the agent's dispatcher finds its programs: its only program array. */
    private static String programs(AgentProcess agent) throws IOException {
        try (Stream<Path> fds = Files.list(Path.of("/proc/" + agent.pid() + "/fdinfo"))) {
            return fds.map(BlindnessScenario::read)
                    .filter(info -> info.contains("map_type:\t3\n"))
                    .map(info -> info.replaceAll("(?s).*map_id:\t(\\d+)\n.*", "$1"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }
}
