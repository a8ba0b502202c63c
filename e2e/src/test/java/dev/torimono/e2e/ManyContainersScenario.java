// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * One gate for all containers of a node; {@code bench/scripts/many-containers} does it with 200.
 */
@NeedsDocker
class ManyContainersScenario {
    private static final int BEFORE = 10;
    private static final int COUNT = 20;
    private static final int AT_ONCE = 4;
    private static final String POLICY =
            """
            policies:
              - name: No drift in any of many
                type: drift
                scope: container.name startswith tori-many-
                actions: {prevent: true}
            """;

    private final DockerDaemon docker;

    ManyContainersScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    private List<Container> start(int from, int to) throws Exception {
        docker.images().busybox();
        List<Future<Container>> started = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int i = from; i < to; i++) {
                String name = "tori-many-" + i;
                started.add(workers.submit(() -> docker.start(name, "exec sleep 1000000")));
            }
        }
        List<Container> all = new ArrayList<>();
        for (Future<Container> each : started) {
            all.add(each.get());
        }
        return all;
    }

    @Test
    void everyContainerIsArmedThoseBeforeTheAgentAndThoseAfter() throws Exception {
        List<Container> all = new ArrayList<>(start(0, BEFORE));
        try (AgentProcess agent =
                new AgentSetup(docker, "many").policies("p.yaml", POLICY).start()) {
            all.addAll(start(BEFORE, COUNT));
            Pause.until(
                    "all to be armed",
                    Duration.ofSeconds(60),
                    () ->
                            all.stream()
                                    .allMatch(
                                            each ->
                                                    agent.logText()
                                                            .contains(
                                                                    "(" + each.name() + ") armed")),
                    agent::logText);
            for (Container each : List.of(all.getFirst(), all.get(BEFORE), all.getLast())) {
                each.exec("cp", "/bin/busybox", "/tmp/echo").check();
                assertThat(each.exec("/tmp/echo", "ran").run().out())
                        .as(each.toString())
                        .doesNotContain("ran");
                agent.alerts().await("Container drift", each);
            }
            for (Container each : all) {
                assertThat(each.exec("echo", "fine").check().text()).isEqualTo("fine");
            }
            // The policy that ships tells of the drift of everybody else's containers, too.
            assertThat(
                            agent.alerts()
                                    .all(
                                            alert ->
                                                    alert.rule().equals("Container drift")
                                                            && all.stream().anyMatch(alert::from)))
                    .hasSize(3);
        } finally {
            all.forEach(Container::close);
        }
    }
}
