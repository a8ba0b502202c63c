// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every rule fires for real: {@code torimono generate} performs what it should notice. */
@NeedsDocker
class GenerateScenario {
    private static final Path UPSTREAM =
            AgentProcess.root().resolve("../shared/falco/rules").normalize();
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final DockerDaemon docker;

    GenerateScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    private Command generate(AgentSetup setup, String... more) {
        List<String> words = new ArrayList<>(List.of("generate", "--json"));
        words.addAll(List.of(setup.options()));
        words.addAll(List.of("--docker-socket", docker.socket().toString(), "--runtime", "here"));
        words.addAll(List.of(more));
        if (!words.contains("--wait")) {
            words.addAll(List.of("--wait", "30"));
        }
        return AgentProcess.run(words.toArray(String[]::new)).within(LIMIT);
    }

    private static List<JsonNode> lines(Command.Result result) {
        return result.out().lines().map(MAPPER::readTree).toList();
    }

    private static List<String> unseen(Command.Result result) {
        return lines(result).stream()
                .filter(line -> line.path("expected").asBoolean(false))
                .filter(line -> !line.path("seen").asBoolean(false))
                .map(JsonNode::toString)
                .toList();
    }

    private static Path upstream(String name) {
        Path file = UPSTREAM.resolve(name);
        assumeTrue(Files.exists(file), "../shared is absent");
        return file;
    }

    @Test
    void everyShippedRuleFires() {
        Command.Result result = generate(new AgentSetup(docker, "generate"), "--all").run();
        assertThat(unseen(result)).as(result.err()).isEmpty();
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(lines(result)).allMatch(line -> line.path("seen").asBoolean(false));
    }

    @Test
    void everyUpstreamRuleFiresThatAnythingFires() {
        Path stable = upstream("falco_rules.yaml");
        Command.Result result =
                generate(
                                new AgentSetup(docker, "generate-upstream"),
                                "--all",
                                "--rules",
                                stable.toString(),
                                "--rules",
                                upstream("falco-incubating_rules.yaml").toString(),
                                "--rules",
                                upstream("falco-sandbox_rules.yaml").toString())
                        .run();
        assertThat(unseen(result)).as(result.err()).isEmpty();
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(lines(result).stream().filter(line -> !line.path("expected").asBoolean(true)))
                .as("rules that nothing fires say why")
                .allMatch(line -> !line.path("note").asString("").isEmpty())
                .hasSizeLessThan(4);
    }

    @Test
    void nothingIsLeftBehind() {
        generate(new AgentSetup(docker, "generate-clean"), "--rule", "Terminal*").check();
        String left =
                docker.docker("ps", "-aq", "--filter", "label=dev.torimono.generate").check().out();
        assertThat(left).isEmpty();
        assertThat(docker.docker("images", "-q", "torimono-generate").check().out()).isEmpty();
    }

    @Test
    void anAgentThatRunsIsLookedAtToo() {
        AgentSetup setup = new AgentSetup(docker, "generate-attached");
        Path alerts = docker.folder("generate-attached").resolve("alerts.json");
        List<String> options = new ArrayList<>(List.of(setup.options()));
        options.addAll(List.of("--set", "outputs.file.enabled=true"));
        options.addAll(List.of("--set", "outputs.file.path=" + alerts));
        try (AgentProcess _ = AgentProcess.start(options.toArray(String[]::new))) {
            Command.Result result =
                    generate(setup, "--rule", "Fileless*", "--alerts", alerts.toString()).run();
            assertThat(result.exit()).as(result.out() + result.err()).isZero();
        }
    }

    @Test
    void aRuleThatDoesNotFireIsAFailure() {
        AgentSetup setup =
                new AgentSetup(docker, "generate-missed")
                        .rules(
                                "never.yaml",
                                """
                                - rule: Clear Log Activities
                                  desc: has the name of a rule with an action
                                  condition: evt.type = open and fd.name = /no/such
                                  output: never
                                  priority: INFO
                                """);
        Command.Result result = generate(setup, "--rule", "Clear Log*", "--wait", "1").run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(lines(result).getFirst().path("outcome").asString("")).isEqualTo("missed");
    }

    @Test
    void asLoadEveryAlertComes() {
        Command.Result result =
                generate(
                                new AgentSetup(docker, "generate-load"),
                                "--rule",
                                "Fileless*",
                                "--rule",
                                "Read sens*",
                                "--loop",
                                "50",
                                "--seconds",
                                "3")
                        .run();
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        assertThat(lines(result)).allMatch(line -> line.path("performed").asInt(0) > 5);
    }
}
