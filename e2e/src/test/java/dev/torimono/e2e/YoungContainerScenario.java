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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Containers that are gone, or not described, by the time somebody asks for them. */
@NeedsDocker
class YoungContainerScenario {
    private static final int CONTAINERS = 40;
    private static final int AT_ONCE = 4;
    private static final String RULES =
            """
            - rule: File in the image
              desc: a file of that name is written in a container of that image
              condition: >
                evt.type in (open, openat, openat2, creat) and evt.is_open_write=true
                and fd.filename=tori-image and container.image.repository=tori/busybox
              output: name=%container.name image=%container.image.repository
              priority: WARNING
            - rule: File in any container
              desc: a file of that name is written
              condition: >
                evt.type in (open, openat, openat2, creat) and evt.is_open_write=true
                and fd.filename=tori-any and container.id!=host
              output: name=%container.name image=%container.image.repository
              priority: WARNING
            """;

    private final DockerDaemon docker;

    YoungContainerScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void containersOfFiftyMillisecondsAreToldOnceWithNameAndImage() throws Exception {
        String image = docker.images().busybox();
        try (AgentProcess agent = setup("young").start();
                ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < CONTAINERS; i++) {
                String name = "tori-young-" + i;
                String work = "touch /tori-image /tori-any; usleep 50000";
                runs.add(
                        workers.submit(
                                () ->
                                        docker.docker(
                                                        "run",
                                                        "--rm",
                                                        "--network",
                                                        "none",
                                                        "--name",
                                                        name,
                                                        image,
                                                        "sh",
                                                        "-c",
                                                        work)
                                                .check()));
            }
            for (Future<?> run : runs) {
                run.get();
            }
            Map<String, Integer> told = new HashMap<>();
            await(agent, told);
            assertThat(told).hasSize(2 * CONTAINERS).allSatisfy((_, n) -> assertThat(n).isOne());
            assertThat(agent.alerts().all(YoungContainerScenario::isWhole))
                    .allSatisfy(
                            alert ->
                                    assertThat(alert.field("container.image.repository"))
                                            .isEqualTo("tori/busybox"));
        }
    }

    /** Counts alerts by rule and container until there is one of each, or no more come. */
    private static void await(AgentProcess agent, Map<String, Integer> told) {
        try {
            Pause.until(
                    "two alerts of each container",
                    Duration.ofSeconds(40),
                    () -> {
                        told.clear();
                        for (AlertLine alert :
                                agent.alerts().all(YoungContainerScenario::isWhole)) {
                            String key = alert.rule() + " " + alert.field("container.name");
                            told.merge(key, 1, Integer::sum);
                        }
                        return told.size() >= 2 * CONTAINERS;
                    });
        } catch (AssertionError e) {
            agent.stop();
            throw new AssertionError(e.getMessage() + "\n" + told + "\n" + agent.logText(), e);
        }
    }

    @Test
    void hangingRuntimeDelaysAlertsAndLosesNone() throws IOException {
        Path shared = Files.createDirectories(docker.folder("shared"));
        List<String> options = List.of("--network", "none", "-v", shared + ":/shared");
        String work =
                "while ! test -e /shared/go; do sleep 0.1; done; "
                        + "touch /tori-image; touch /tori-any; sleep 1000000";
        try (Container container =
                docker.run(docker.images().busybox(), options, "sh", "-c", work)) {
            AgentProcess agent;
            try (DockerDaemon.Hang _ = docker.hang()) {
                agent = setup("hanging").start();
                Files.createFile(shared.resolve("go"));
                AlertLine pending =
                        agent.alerts().await("the pending alert", a -> a.from(container));
                assertThat(pending.rule()).isEqualTo("File in any container");
                assertThat(pending.json().path("pending").asBoolean(false)).isTrue();
                assertThat(pending.field("container.name")).isIn("", "<NA>");
            }
            try (agent) {
                AlertLine image = agent.alerts().await("File in the image", container);
                assertThat(image.field("container.name")).isEqualTo(container.name());
                assertThat(image.json().path("pending").isMissingNode()).isTrue();
                Pause.until(
                        "the completing alert",
                        Duration.ofSeconds(20),
                        () ->
                                agent.alerts().all(a -> a.rule().endsWith("any container")).size()
                                        > 1);
                List<AlertLine> any =
                        agent.alerts().all(a -> a.rule().equals("File in any container"));
                assertThat(any).hasSize(2);
                assertThat(any.getLast().json().path("id"))
                        .isEqualTo(any.getFirst().json().path("id"));
                assertThat(any.getLast().json().path("pending").asBoolean(true)).isFalse();
                assertThat(any.getLast().field("container.name")).isEqualTo(container.name());
                assertThat(any.getLast().output()).contains("image=tori/busybox");
            }
        }
    }

    private AgentSetup setup(String name) {
        return new AgentSetup(docker, name).rules("young.yaml", RULES);
    }

    /** Neither waiting for its second half, nor of anything else. */
    private static boolean isWhole(AlertLine alert) {
        return alert.rule().startsWith("File in") && !alert.json().path("pending").asBoolean(false);
    }
}
