// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** An agent and its collector: alerts go up, policies come down, and neither's death loses any. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorScenario {
    private static final String SHELL = "Terminal shell in container";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String RULE =
            """
            - rule: Trigger written
              desc: a test asks for it
              condition: evt.type in (open, openat, openat2) and evt.is_open_write=true
                and fd.name startswith /tmp/trigger-
              output: trigger (file=%fd.name)
              priority: WARNING
            """;

    private final Container test;
    private final CollectorProcess collector;
    private final List<String> options = new ArrayList<>();
    private final Path fleet;
    private AgentProcess agent;

    CollectorScenario(DockerDaemon docker) {
        this.test = docker.sleeper();
        AgentSetup setup = new AgentSetup(docker, "fleet").rules("local.yaml", RULE);
        this.fleet = setup.file("fleet");
        this.collector = CollectorProcess.start(setup.file("collector"));
        options.addAll(List.of(setup.options()));
        options.addAll(collector.agentOptions(fleet));
        this.agent = AgentProcess.start(options.toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        agent.close();
        collector.close();
        test.close();
    }

    @Test
    void aPolicyThatIsPostedEndsShells() {
        String here = "container.name = \"" + test.name() + "\" and ";
        test.terminal("sh").input("exit\n").check();
        JsonNode event = collector.awaitEvent(here + "ruleName = \"" + SHELL + "\"");
        assertThat(event.path("labels").path("container.image.repo").asString(""))
                .contains("busybox");
        assertThat(event.path("content").path("lineage")).isNotEmpty();

        JsonNode policy =
                collector.call(
                        "POST",
                        "/api/v2/policies",
                        """
                        {"name": "No shell here", "description": "d", "severity": 1, "enabled": true,
                         "type": "falco", "scope": "container.name = %s",
                         "ruleNames": ["%s"], "notificationChannelIds": [],
                         "actions": [{"type": "POLICY_ACTION_KILL_PROCESS"}]}"""
                                .formatted(test.name(), SHELL));
        collector.awaitInForce();
        test.terminal("sh").input("sleep 20; echo survived\n").run();
        // On a busy machine what came of an action may be an event of its own, after the first.
        JsonNode covered = collector.awaitEvent(here + "name = \"No shell here\"");
        assertThat(covered.path("severity").asInt(-1)).isEqualTo(1);
        collector.awaitEvent(here + "action = process_killed and actionStatus = done");

        collector.call("DELETE", "/api/v2/policies/" + policy.path("id").asLong(0), "");
        collector.awaitInForce();
    }

    @Test
    void killingBothLosesNoAlert() throws IOException {
        List<String> fired = new ArrayList<>();
        fire(fired, 4);
        collector.kill();
        fire(fired, 4);
        awaitSpooled(fired.getLast());
        agent.kill();
        agent = AgentProcess.start(options.toArray(String[]::new));
        fire(fired, 4);
        collector.restart();
        fire(fired, 4);
        for (String file : fired) {
            String filter = "ruleName = \"Trigger written\" and fd.name = \"" + file + "\"";
            collector.awaitEvent(filter);
            assertThat(collector.events(filter)).as(file).hasSize(1);
        }
    }

    private void fire(List<String> fired, int count) {
        for (int i = 0; i < count; i++) {
            String file = "/tmp/trigger-" + fired.size();
            test.exec("sh", "-c", "echo > " + file).check();
            fired.add(file);
        }
    }

    private void awaitSpooled(String file) throws IOException {
        Pause.until("an alert on disk: " + file, LIMIT, () -> isSpooled(file));
    }

    private boolean isSpooled(String text) {
        try (Stream<Path> files = Files.walk(fleet.resolve("spool"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            // Delivered meanwhile.
            return false;
        }
    }
}
