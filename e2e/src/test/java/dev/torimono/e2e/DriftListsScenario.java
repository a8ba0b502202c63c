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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The lists of a drift policy: volumes, regular expressions, parents; one policy prevents, the same
 * one detects.
 */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftListsScenario {
    private static final String POLICY =
            """
            policies:
              - name: MODE lists
                type: drift
                scope: container.name = NAME
                drift:
                  volumes: true
                  regex: true
                  exceptions: ['/opt/fine/.*', '/vol/ok/.*']
                  prohibited_binaries: ['/bin/p[01]']
                  allowed_parents: ['.*/bash']
                  prohibited_parents: ['/bin/busy.*']
            """;

    /** Who executes what, and the reason of the objection; none: it is allowed. */
    private static final List<Try> TRIES =
            List.of(
                    new Try("", "/vol/ok/echo", ""),
                    new Try("", "/vol/echo", "volume"),
                    new Try("", "/opt/fine/echo", ""),
                    new Try("", "/opt/finer/echo", "added"),
                    new Try("", "/x/opt/fine/echo", "added"),
                    new Try("", "/bin/p2", ""),
                    new Try("", "/bin/p0", "prohibited_binary"),
                    new Try("/bin/bash", "/tmp/echo", ""),
                    new Try("/bin/bash", "/vol/echo", ""),
                    new Try("/bin/bash", "/bin/p1", "prohibited_binary"),
                    new Try("/bin/busybox", "/bin/p2", ""),
                    new Try("/bin/busybox", "/opt/fine/echo", "prohibited_parent"),
                    new Try("/bin/busybox", "/vol/ok/echo", "prohibited_parent"));

    private final Container prevented;
    private final Container detected;
    private final Container plain;
    private final AgentProcess agent;

    /**
     * @param parent resolved path of who executes it; empty: whoever docker exec does it by
     */
    private record Try(String parent, String program, String reason) {
        boolean objected() {
            return !reason.isEmpty();
        }

        /** Whether the program ran. */
        boolean run(Container container) {
            String line = program + " ran; code=$?; exit $code";
            return switch (parent) {
                case "" -> container.exec(program, "ran").run().exit() == 0;
                case "/bin/bash" -> container.exec("bash", "-c", line).run().exit() == 0;
                default -> container.exec("sh", "-c", line).run().exit() == 0;
            };
        }
    }

    DriftListsScenario(DockerDaemon docker) throws IOException {
        Path volume = docker.folder("drift-volume");
        Files.createDirectories(volume.resolve("ok"));
        for (String name : List.of("echo", "ok/echo")) {
            Files.copy(Path.of("/usr/bin/busybox"), volume.resolve(name));
            assertThat(volume.resolve(name).toFile().setExecutable(true, false)).isTrue();
        }
        prevented = start(docker, volume);
        detected = start(docker, volume);
        plain = start(docker, volume);
        String prevents = "    actions: {prevent: true}\n";
        agent =
                new AgentSetup(docker, "drift-lists")
                        .policies("prevent.yaml", policy("Prevent", prevented) + prevents)
                        .policies("detect.yaml", policy("Detect", detected))
                        .policies(
                                "plain.yaml",
                                "policies:\n  - name: Plain\n    type: drift\n    scope:"
                                        + " container.name = "
                                        + plain.name()
                                        + "\n"
                                        + prevents)
                        .start();
        agent.awaitLog("(" + prevented.name() + ") armed");
        agent.awaitLog("(" + plain.name() + ") armed");
    }

    /** With drifted programs in it, copied before anybody watched. */
    private static Container start(DockerDaemon docker, Path volume) {
        List<String> options = List.of("--network", "none", "-v", volume + ":/vol:ro");
        Container container =
                docker.run(docker.images().manyPrograms(4), options, "sleep", "1000000");
        for (String folder : List.of("/opt/fine", "/opt/finer", "/x/opt/fine")) {
            container.exec("mkdir", "-p", folder).check();
            container.exec("cp", "/bin/busybox", folder + "/echo").check();
        }
        container.exec("cp", "/bin/busybox", "/tmp/echo").check();
        return container;
    }

    private static String policy(String mode, Container container) {
        return POLICY.replace("MODE", mode).replace("NAME", container.name());
    }

    @AfterAll
    void stop() {
        agent.close();
        plain.close();
        detected.close();
        prevented.close();
    }

    @Test
    void preventRefusesWhatTheListsSayAndNothingElse() {
        List<String> ran = new ArrayList<>();
        List<String> allowed = new ArrayList<>();
        for (Try each : TRIES) {
            if (each.run(prevented)) {
                ran.add(each.parent() + " " + each.program());
            }
            if (!each.objected()) {
                allowed.add(each.parent() + " " + each.program());
            }
        }
        assertThat(ran).isEqualTo(allowed);
        awaitObjections("Prevent lists");
        assertThat(agent.alerts().all(alert -> alert.policies().contains("Prevent lists")))
                .allSatisfy(
                        alert ->
                                assertThat(alert.actions())
                                        .containsExactly("drift_prevented done"));
    }

    @Test
    void detectTellsTheSameAndEverythingRuns() {
        for (Try each : TRIES) {
            assertThat(each.run(detected)).as(each.toString()).isTrue();
        }
        awaitObjections("Detect lists");
        assertThat(agent.alerts().all(alert -> alert.policies().contains("Detect lists")))
                .allSatisfy(alert -> assertThat(alert.actions()).isEmpty());
    }

    /** What the policy objected to is all that it was to object to, each for its own reason. */
    private void awaitObjections(String policy) {
        Set<String> expected = new TreeSet<>();
        TRIES.stream()
                .filter(Try::objected)
                .forEach(each -> expected.add(each.program() + " " + each.reason()));
        Pause.until(
                "objections of " + policy,
                Duration.ofSeconds(20),
                () -> objections(policy).containsAll(expected),
                () -> objections(policy) + "\n" + agent.logText());
        assertThat(objections(policy)).isEqualTo(expected);
    }

    private Set<String> objections(String policy) {
        Set<String> told = new TreeSet<>();
        for (AlertLine alert : agent.alerts().all(a -> a.policies().contains(policy))) {
            told.add(alert.field("drift.file") + " " + alert.field("drift.reason"));
        }
        return told;
    }

    @Test
    void volumesAreNobodysBusinessUnlessAsked() {
        assertThat(plain.exec("/vol/echo", "ran").check().text()).isEqualTo("ran");
        assertThat(plain.exec("/tmp/echo", "ran").run().exit()).isNotZero();

        AlertLine refused =
                agent.alerts()
                        .await(
                                "the copy in /tmp",
                                a -> a.from(plain) && a.field("drift.file").equals("/tmp/echo"));
        assertThat(refused.policies()).contains("Plain");
        assertThat(agent.alerts().all(a -> a.from(plain) && a.rule().equals("Container drift")))
                .hasSize(1);
    }
}
