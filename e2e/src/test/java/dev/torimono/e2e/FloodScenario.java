// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Alone;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.VictimTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * One container floods the agent, by opens or by forks, while an attack goes on in another: the
 * attack is seen.
 */
@Alone
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

    /** Every fork of the storm costs as much; every exec is told. */
    private static final String LIFE =
            """
            - rule: Fork bait
              desc: what every fork of the storm has to be compared with, and never is
              condition: >
                evt.type in (fork, vfork, clone, clone3) and container
                and (proc.cmdline regex "(a+)+b" or proc.pcmdline regex "(c+)+d" or
                     proc.aname regex "(e+)+f")
              output: bait %proc.name
              priority: DEBUG
            - rule: Quiet exec
              desc: what happens beside the storm
              condition: evt.type in (execve, execveat) and proc.args startswith quiet
              output: quiet %proc.args
              priority: INFO
            """;

    private static final String LOST = "Torimono internal: events lost";
    private static final int STORMS = 4;
    private static final int QUIET_EXECS = 20;

    private final DockerDaemon docker;

    FloodScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    private Container container() {
        List<String> options = new ArrayList<>(VictimTools.mount(docker));
        options.addAll(List.of("--network", "none"));
        return docker.run(docker.images().busybox(), options, "sleep", "1000000");
    }

    /** The machine's other work floods such a small ring, too, and is told of by itself. */
    private static boolean lossOf(Container container, AlertLine alert) {
        return alert.rule().equals(LOST) && alert.field("container.id").equals(container.id());
    }

    private static boolean by(String name, AlertLine alert) {
        List<AlertLine.Relative> lineage = alert.lineage();
        return !lineage.isEmpty() && lineage.getFirst().name().equals(name);
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
            // What starts the next of them in the same container loses events, too, and may be told
            // first.
            AlertLine lost =
                    agent.alerts()
                            .await(
                                    "the flood, by whom it is",
                                    a -> lossOf(flood, a) && by("victim", a),
                                    Duration.ofSeconds(60));
            assertThat(lost.priority()).isEqualTo("Critical");

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
            assertThat(agent.alerts().all(a -> lossOf(attacked, a))).isEmpty();
        }
    }

    @Test
    void processesBesideAForkStormAreSeenAndTheStormIsAnAlert() {
        AgentSetup setup =
                new AgentSetup(docker, "forks")
                        .rules("forks.yaml", LIFE)
                        .set("sensor.lifecycle-ring-bytes", "65536")
                        .set("sensor.budget", "500");
        try (Container storm = container();
                Container quiet = container();
                AgentProcess agent = setup.start()) {
            for (int i = 0; i < STORMS; i++) {
                storm.execDetached(VictimTools.VICTIM, "fork-storm", "40000").check();
            }
            AlertLine lost =
                    agent.alerts()
                            .await("the storm", a -> lossOf(storm, a), Duration.ofSeconds(60));
            assertThat(lost.priority()).isEqualTo("Critical");

            for (int i = 0; i < QUIET_EXECS; i++) {
                quiet.exec("echo", "quiet" + i).check();
            }
            for (int i = 0; i < QUIET_EXECS; i++) {
                String args = "quiet" + i;
                agent.alerts()
                        .await(
                                args,
                                a ->
                                        a.rule().equals("Quiet exec")
                                                && a.field("proc.args").equals(args)
                                                && a.from(quiet),
                                Duration.ofSeconds(30));
            }
            assertThat(agent.alerts().all(a -> lossOf(quiet, a)))
                    .as("nothing of the quiet one was lost")
                    .isEmpty();
        }
    }
}
