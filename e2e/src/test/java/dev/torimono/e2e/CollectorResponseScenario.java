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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * What a person at the collector sees of a tree that alerted, and what they can have the agent do
 * about it.
 */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CollectorResponseScenario {
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String RESPONSES = "/secure/response-actions/v1alpha1/action-executions";

    private final Container test;
    private final CollectorProcess collector;
    private final List<String> options = new ArrayList<>();
    private final Path fleet;
    private AgentProcess agent;

    CollectorResponseScenario(DockerDaemon docker) {
        this.test = docker.sleeper();
        AgentSetup setup = new AgentSetup(docker, "respond-fleet");
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

    /** The event of a shell that did something. */
    private JsonNode shell(String input) {
        test.terminal("sh").input(input).run();
        return collector.awaitEvent(
                "container.name = \"" + test.name() + "\" and ruleName contains \"shell\"");
    }

    private JsonNode tree(JsonNode event) {
        return collector.call(
                "GET", "/api/process-tree/v1/process-trees/" + event.path("id").asString(""), "");
    }

    private static List<JsonNode> named(JsonNode tree, String name) {
        return tree.path("nodes")
                .valueStream()
                .filter(node -> node.path("name").asString("").equals(name))
                .toList();
    }

    private JsonNode ask(String type, String parameters, boolean dryRun) {
        JsonNode asked =
                collector.call(
                        "POST",
                        RESPONSES,
                        "{\"actionType\":\"%s\",\"dryRun\":%s,\"parameters\":%s,\"reason\":\"e2e\"}"
                                .formatted(type, dryRun, parameters));
        String path = RESPONSES + "/" + asked.path("id").asString("");
        Pause.until(
                "an answer of the agent",
                LIMIT,
                () -> !collector.call("GET", path, "").path("outcome").asString("").isEmpty(),
                () -> collector.call("GET", path, "") + "; log of the agent:\n" + agent.logText());
        return collector.call("GET", path, "");
    }

    @Test
    void theTreeOfAnAlertShowsWhatItDid() {
        JsonNode event = shell("echo leaf > /tmp/leaf-of-tree; mkdir /tmp/branch; exit\n");
        Pause.until(
                "a tree with what the shell did",
                LIMIT,
                () -> !named(tree(event), "mkdir").isEmpty());
        JsonNode tree = tree(event);
        assertThat(tree.path("source").asString("")).isEqualTo("activity");
        JsonNode made = named(tree, "mkdir").getFirst();
        assertThat(made.path("containerId").asString("")).isEqualTo(test.id());
        assertThat(tree.path("nodes").toString()).contains("container exec", "container start");
        assertThat(named(tree, "sh").toString()).contains("\"ruleName\"");
    }

    @Test
    void aPersonHasTheAgentEndAProcessThatIsStillTheSame() {
        test.execDetached("sleep", "4321").check();
        JsonNode event = shell("exit\n");
        Pause.until("a tree with the process", LIMIT, () -> sleepers(tree(event)).size() == 1);
        JsonNode node = sleepers(tree(event)).getFirst();
        String parameters =
                "{\"host.id\":\"%s\",\"process.id\":%d,\"startTime\":%d}"
                        .formatted(
                                event.path("agentId").asString(""),
                                node.path("pid").asLong(0),
                                node.path("startBoot").asLong(0));
        JsonNode preview = ask("KILL_PROCESS", parameters, true);
        assertThat(preview.path("outcome").asString("")).as("" + preview).isEqualTo("monitored");
        assertThat(preview.path("outputs").path("touches").asString("")).contains("sleep");
        JsonNode other =
                ask(
                        "KILL_PROCESS",
                        parameters.replaceFirst("\"startTime\":\\d+", "\"startTime\":5"),
                        false);
        assertThat(other.path("outcome").asString("")).isEqualTo("refused");
        assertThat(alive(node)).isTrue();
        JsonNode killed = ask("KILL_PROCESS", parameters, false);
        assertThat(killed.path("status").asString("")).as("" + killed).isEqualTo("COMPLETED");
        assertThat(alive(node)).isFalse();
    }

    private static List<JsonNode> sleepers(JsonNode tree) {
        return named(tree, "sleep").stream()
                .filter(node -> node.path("cmdline").asString("").contains("4321"))
                .toList();
    }

    private static boolean alive(JsonNode node) {
        return Files.exists(Path.of("/proc/" + node.path("pid").asLong(0) + "/exe"))
                && ProcessHandle.of(node.path("pid").asLong(0)).isPresent();
    }

    @Test
    void guardsHoldAtTheCollectorToo() {
        JsonNode event = shell("exit\n");
        JsonNode refused =
                ask(
                        "KILL_PROCESS",
                        "{\"host.id\":\"%s\",\"process.id\":%d,\"startTime\":-1}"
                                .formatted(event.path("agentId").asString(""), agent.pid()),
                        false);
        assertThat(refused.path("outcome").asString("")).isEqualTo("refused");
        assertThat(refused.path("message").asString("")).contains("never killed");
    }

    @Test
    void aFileIsTakenAwayCopiedAndPutBack() {
        test.exec("sh", "-c", "echo evil > /tmp/evil-file").check();
        JsonNode event = shell("exit\n");
        String parameters =
                "{\"host.id\":\"%s\",\"container.id\":\"%s\",\"path.absolute\":\"/tmp/evil-file\"}"
                        .formatted(event.path("agentId").asString(""), test.id());
        JsonNode copied = ask("FILE_ACQUIRE", parameters, false);
        assertThat(copied.path("status").asString("")).as("" + copied).isEqualTo("COMPLETED");
        assertThat(copied.path("outputs").path("sha256").asString("")).hasSize(64);
        JsonNode taken = ask("FILE_QUARANTINE", parameters, false);
        assertThat(taken.path("isUndoable").asBoolean(false)).as("" + taken).isTrue();
        assertThat(test.exec("cat", "/tmp/evil-file").run().exit()).isNotZero();
        JsonNode undone =
                collector.call("DELETE", RESPONSES + "/" + taken.path("id").asString(""), "");
        String path = RESPONSES + "/" + undone.path("id").asString("");
        Pause.until(
                "the file put back",
                LIMIT,
                () -> collector.call("GET", path, "").path("outcome").asString("").equals("done"));
        assertThat(test.exec("cat", "/tmp/evil-file").check().out()).contains("evil");
    }

    @Test
    void aBundleThatCannotBeReadKeepsNoAgentFromStarting() throws IOException {
        collector.awaitInForce();
        agent.kill();
        Files.write(fleet.resolve("bundle/rules.yaml"), new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        Files.writeString(fleet.resolve("bundle/policies.yaml"), "policies: [{\n");
        agent = AgentProcess.start(options.toArray(String[]::new));
        assertThat(agent.logText()).contains("set aside");
        agent.awaitLog("collector: bundle ");
        JsonNode event = shell("exit\n");
        assertThat(event.path("labels").path("container.name").asString("")).isEqualTo(test.name());
    }
}
