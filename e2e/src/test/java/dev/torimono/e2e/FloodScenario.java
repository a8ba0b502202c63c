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
import dev.torimono.e2e.fixture.VictimTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One container floods the agent while an attack goes on in another: the attack is seen. */
@NeedsDocker
class FloodScenario {
    /**
     * Every write-open of the flood matters to a rule that costs much, so that none is filtered.
     */
    private static final String RULES =
            """
            - rule: Flood bait
              desc: what every open of the flood has to be compared with, and never is
              condition: >
                open_write and container and fd.name startswith /tmp/plain
                and (proc.cmdline regex "(a+)+b" or proc.pcmdline regex "(c+)+d" or
                     proc.aname regex "(e+)+f")
              output: bait %fd.name
              priority: DEBUG
            """;

    private final DockerDaemon docker;

    FloodScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    private Container container() {
        List<String> options = new ArrayList<>(VictimTools.mount(docker));
        options.addAll(List.of("--network", "none"));
        return docker.run(docker.images().busybox(), options, "sleep", "1000000");
    }

    @Test
    void attackBesideAFloodIsSeenAndTheFloodIsAnAlert() {
        AgentSetup setup =
                new AgentSetup(docker, "flood")
                        .rules("flood.yaml", RULES)
                        .set("sensor.activity-ring-bytes", "65536")
                        .set("sensor.budget", "500");
        try (Container flood = container();
                Container attacked = container();
                AgentProcess agent = setup.start()) {
            for (int i = 0; i < 4; i++) {
                flood.execDetached(VictimTools.VICTIM, "open-write", "/tmp/plain" + i, "3000000")
                        .check();
            }
            AlertLine lost =
                    agent.alerts()
                            .await(
                                    "the flood",
                                    a -> a.rule().equals("Torimono internal: events lost"),
                                    Duration.ofSeconds(60));
            assertThat(lost.field("container.id")).isEqualTo(flood.id());
            assertThat(lost.priority()).isEqualTo("Critical");
            assertThat(lost.lineage().getFirst().name()).isEqualTo("victim");

            for (int i = 0; i < 20; i++) {
                attacked.exec("cat", "/etc/shadow").check();
            }
            attacked.exec(VictimTools.VICTIM, "write-by", "creat", "/tmp/xmrig").check();
            agent.alerts().await("Malicious filenames written", attacked);
            assertThat(
                            agent.alerts()
                                    .all(
                                            a ->
                                                    a.rule().equals("Read sensitive file untrusted")
                                                            && a.from(attacked)))
                    .as("each of twenty reads")
                    .hasSize(20);
            assertThat(
                            agent.alerts()
                                    .all(
                                            a ->
                                                    a.rule()
                                                                    .equals(
                                                                            "Torimono internal: events lost")
                                                            && a.field("container.id")
                                                                    .equals(attacked.id())))
                    .isEmpty();
        }
    }
}
