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
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A person has the running agent do something. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RespondScenario {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final String SLEEP = "918273";

    private final DockerDaemon docker;
    private final AgentSetup setup;
    private final Container container;
    private final AgentProcess agent;

    RespondScenario(DockerDaemon docker) {
        this.docker = docker;
        this.container = docker.sleeper();
        this.setup = new AgentSetup(docker, "respond");
        this.agent = setup.start();
    }

    @AfterAll
    void stop() {
        agent.close();
        container.close();
    }

    /** As the command sends it, without starting a program each time. */
    private JsonNode ask(String command, String target, String in) {
        var request = MAPPER.createObjectNode();
        request.put("command", command).put("target", target).put("container", in);
        request.put("reason", "a test");
        byte[] line = (MAPPER.writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8);
        try (SocketChannel channel =
                SocketChannel.open(UnixDomainSocketAddress.of(setup.file("agent.sock")))) {
            channel.write(ByteBuffer.wrap(line));
            return MAPPER.readTree(Channels.newInputStream(channel).readAllBytes());
        } catch (IOException e) {
            throw new AssertionError("the agent's socket", e);
        }
    }

    private static String status(JsonNode answer) {
        return answer.path("status").asString("");
    }

    private static OptionalLong hostPid(String commandLine) {
        return ProcessHandle.allProcesses()
                .filter(p -> p.info().commandLine().orElse("").endsWith(commandLine))
                .mapToLong(ProcessHandle::pid)
                .findFirst();
    }

    @Test
    void processIsEndedByCommandAndTheAuditSaysWhoAskedAndWhatCameOfIt() throws IOException {
        container.execDetached("sleep", SLEEP).check();
        Pause.until("a process", Duration.ofSeconds(20), () -> hostPid(SLEEP).isPresent());
        long pid = hostPid(SLEEP).orElseThrow();
        Command.Result result =
                AgentProcess.run(
                                "respond",
                                "kill-process",
                                Long.toString(pid),
                                "--reason",
                                "looks odd",
                                "--socket",
                                setup.file("agent.sock").toString())
                        .run();

        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(result.text()).isEqualTo("done");
        assertThat(container.exec("ps", "-o", "args").check().out()).doesNotContain(SLEEP);
        List<String> audit = Files.readAllLines(setup.file("audit.jsonl"));
        String asked =
                audit.stream().filter(line -> line.contains("looks odd")).findFirst().orElseThrow();
        String id = MAPPER.readTree(asked).path("id").asString("");
        assertThat(asked)
                .contains("\"who\":\"root\"", "\"command\":\"kill-process\"", "\"" + pid + "\"");
        assertThat(audit)
                .anyMatch(
                        line ->
                                line.contains("\"" + id + "\"")
                                        && line.contains("\"ended\"")
                                        && line.contains("\"status\":\"done\""));
        Path file = setup.file("audit.jsonl");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatKeepsTheMachineRunningIsRefusedAsATarget() {
        String home = String.valueOf(docker.socket().getParent());
        long shim = ProcessHandle.of(container.pid()).orElseThrow().parent().orElseThrow().pid();
        List<Long> guarded =
                ProcessHandle.allProcesses()
                        .filter(
                                p ->
                                        p.info()
                                                .command()
                                                .orElse("")
                                                .matches(".*/(dockerd|containerd)"))
                        .filter(p -> p.info().commandLine().orElse("").contains(home))
                        .map(ProcessHandle::pid)
                        .toList();
        assertThat(guarded).hasSizeGreaterThanOrEqualTo(2);

        assertThat(status(ask("kill-process", "1", ""))).isEqualTo("refused");
        assertThat(status(ask("kill-process", Long.toString(agent.pid()), "")))
                .isEqualTo("refused");
        assertThat(status(ask("kill-process", Long.toString(shim), ""))).isEqualTo("refused");
        for (long pid : guarded) {
            JsonNode answer = ask("kill-process", Long.toString(pid), "");
            assertThat(status(answer)).isEqualTo("refused");
            assertThat(answer.path("message").asString(""))
                    .startsWith("container runtimes are never killed: ");
        }
        assertThat(status(ask("quarantine", "/usr/sbin/dockerd", ""))).isEqualTo("refused");
        assertThat(status(ask("quarantine", "/proc/version", ""))).isEqualTo("refused");
        assertThat(status(ask("kill-process", "4194304", ""))).isEqualTo("failed");
        assertThat(status(ask("pause-container", "no-such", ""))).isEqualTo("failed");
        assertThat(container.exec("true").run().exit()).isZero();
    }

    @Test
    void containerIsPausedContinuedKilledAndStartedAgain() {
        try (Container other = docker.sleeper()) {
            JsonNode paused = ask("pause-container", other.name(), "");
            assertThat(status(paused)).as(paused.toString()).isEqualTo("done");
            assertThat(paused.path("facts").path("undo").asString(""))
                    .isEqualTo("torimono respond unpause " + other.name());
            assertThat(status(ask("unpause-container", other.id(), ""))).isEqualTo("done");
            assertThat(other.exec("true").run().exit()).isZero();
            JsonNode killed = ask("kill-container", other.fullId(), "");
            assertThat(status(killed)).as(killed.toString()).isEqualTo("done");
            assertThat(killed.path("facts").path("undo").asString(""))
                    .isEqualTo("torimono respond start " + other.fullId());
            assertThat(running(other)).isEqualTo("false");
            assertThat(status(ask("start-container", other.name(), ""))).isEqualTo("failed");
            JsonNode begun = ask("start-container", other.fullId(), "");
            assertThat(status(begun)).as(begun.toString()).isEqualTo("done");
            assertThat(running(other)).isEqualTo("true");
            assertThat(status(ask("start-container", "0".repeat(64), ""))).isEqualTo("failed");
        }
    }

    private String running(Container container) {
        return docker.docker("inspect", "-f", "{{.State.Running}}", container.fullId())
                .check()
                .text();
    }

    @Test
    void fileIsTakenAwayKeptWithItsHashAndPutBack() {
        container
                .exec(
                        "sh",
                        "-c",
                        "printf bad > /tmp/tool; chmod 751 /tmp/tool; chown 1000:1000 /tmp/tool")
                .check();
        JsonNode taken = ask("quarantine", "/tmp/tool", container.name());
        assertThat(status(taken)).as(taken.toString()).isEqualTo("done");
        assertThat(taken.path("facts").path("sha256").asString("")).isEqualTo(sha256("bad"));
        assertThat(container.exec("test", "-e", "/tmp/tool").run().exit()).isEqualTo(1);

        String id = taken.path("facts").path("id").asString("");
        assertThat(status(ask("unquarantine", id, ""))).isEqualTo("done");
        assertThat(
                        container
                                .exec("sh", "-c", "cat /tmp/tool; stat -c ' %a %u:%g' /tmp/tool")
                                .check()
                                .text())
                .isEqualTo("bad 751 1000:1000");
        assertThat(status(ask("unquarantine", id, ""))).isEqualTo("failed");
    }

    @Test
    void linksOfAContainerLeadNowhereElse() throws IOException {
        container.exec("sh", "-c", "ln -s ../../../../../../etc/shadow /tmp/up").check();
        JsonNode got = ask("acquire", "/tmp/up", container.name());
        assertThat(status(got)).as(got.toString()).isEqualTo("done");
        assertThat(Files.readString(Path.of(got.path("facts").path("kept_as").asString(""))))
                .isEqualTo("root:*:19000:0:99999:7:::\n");
        assertThat(container.exec("test", "-e", "/tmp/up").run().exit()).isZero();
    }

    @Test
    void killSwitchStopsPeopleTooButForUndoing() {
        try (Container other = docker.sleeper()) {
            assertThat(status(ask("pause-container", other.name(), ""))).isEqualTo("done");
            assertThat(status(ask("kill-switch", "on", ""))).isEqualTo("done");
            try {
                JsonNode refused = ask("pause-container", other.name(), "");
                assertThat(status(refused)).isEqualTo("refused");
                assertThat(refused.path("message").asString(""))
                        .isEqualTo("the kill switch is engaged: a test");
                assertThat(status(ask("unpause-container", other.name(), ""))).isEqualTo("done");
            } finally {
                assertThat(status(ask("kill-switch", "off", ""))).isEqualTo("done");
            }
        }
    }

    @Test
    void socketIsRootsAlone() throws IOException {
        Path socket = setup.file("agent.sock");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    private static String sha256(String text) {
        return Command.of("sh", "-c", "printf " + text + " | sha256sum")
                .check()
                .text()
                .split(" ")[0];
    }
}
