// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A policy saves what a container did before an alert and after it, and nobody else's doings. */
@NeedsDocker
class RecentPastScenario {
    private static final String RULE =
            """
            - rule: Trigger written
              desc: a test asks for it
              condition: evt.type in (open, openat, openat2) and evt.is_open_write=true
                and fd.name = /tmp/trigger
              output: trigger
              priority: WARNING
            """;

    private final DockerDaemon docker;

    RecentPastScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void policySavesWhatWasBeforeAndAfter() {
        AgentSetup setup = new AgentSetup(docker, "past").rules("local.yaml", RULE);
        try (Container container = docker.sleeper();
                Container other = docker.sleeper()) {
            setup.policies("p.yaml", policy(container));
            setup.set("policies.captures", setup.file("captures").toString());
            try (AgentProcess agent = setup.start()) {
                other.exec("sh", "-c", "cat /tmp/elsewhere").run();
                container.exec("sh", "-c", "cat /tmp/before-it").run();
                container.exec("sh", "-c", "echo > /tmp/trigger").check();
                agent.alerts().await("Trigger written", container);
                container.exec("sh", "-c", "cat /tmp/after-it").run();
                agent.awaitLog(".scap: ");
                assertSaved(saved(setup.file("captures"), container));
            }
        }
    }

    private static String policy(Container container) {
        return """
        policies:
          - name: past
            scope: container.full_id = %s
            rules: [Trigger written]
            actions:
              capture: {before: 30, after: 15}
        """
                .formatted(container.fullId());
    }

    private static Path saved(Path folder, Container container) {
        Pause.until(
                "a capture",
                Duration.ofSeconds(60),
                () -> folder.toFile().list() != null && folder.toFile().list().length > 0);
        String[] names = folder.toFile().list();
        assertThat(names).hasSize(1);
        assertThat(names[0]).matches("capture-.*-" + container.id() + "\\.scap");
        return folder.resolve(names[0]);
    }

    private static void assertSaved(Path file) {
        String shown =
                Command.of(
                                "sysdig",
                                "-r",
                                file.toString(),
                                "-p",
                                "*%evt.type %proc.name %container.id %evt.args")
                        .check()
                        .out();
        assertThat(shown)
                .contains("/tmp/before-it")
                .contains("/tmp/trigger")
                .contains("/tmp/after-it")
                .doesNotContain("/tmp/elsewhere");
        String replayed = AgentProcess.run("replay", file.toString(), "--stats").run().err();
        assertThat(replayed).containsPattern("replayed \\d+ events in .*, \\d+ alerts");
    }
}
