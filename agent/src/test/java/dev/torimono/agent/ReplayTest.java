// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.agent.format.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded container, with what another engine found in it. */
class ReplayTest {
    private static final Path SHARED =
            Path.of(System.getProperty("torimono.root", ".."), "../shared").normalize();
    private static final Path CAPTURE = SHARED.resolve("peer/container-mix.scap");
    private static final Pattern RULE_AND_TIME =
            Pattern.compile("\"rule\":\"([^\"]+)\".*\"time\":\"([^\"]+)\"");

    private final Logs logs = new Logs();

    @TempDir private Path folder;

    @BeforeEach
    void reference() {
        assumeTrue(Files.exists(CAPTURE), "../shared is absent");
    }

    private List<String> replay(String... more) throws IOException {
        Path out = folder.resolve("alerts" + more.length + ".jsonl");
        ConfigLoader loader =
                new ConfigLoader(Map.of())
                        .setList(
                                "rules.files",
                                List.of(SHARED.resolve("falco/rules/falco_rules.yaml").toString()),
                                "test")
                        .assignment("outputs.stdout.enabled=false")
                        .assignment("outputs.file.enabled=true")
                        .assignment("outputs.file.path=" + out);
        for (String assignment : more) {
            loader.assignment(assignment);
        }
        AgentConfig config = loader.load();
        JsonFormat format = new JsonFormat(config.alerts().shape(), ZoneOffset.UTC);
        long alerts = new Replay(config, format, logs.log()).run(CAPTURE);
        List<String> lines = Files.readAllLines(out);
        // Sizes only: a failure that prints these lines helps nobody.
        assertThat((long) lines.size()).isEqualTo(alerts);
        return lines;
    }

    private static List<String> rulesAndTimes(List<String> lines) {
        return lines.stream()
                .map(RULE_AND_TIME::matcher)
                .filter(Matcher::find)
                .map(match -> match.group(2) + " " + match.group(1))
                .toList();
    }

    @Test
    void findsExactlyWhatTheOtherEngineFound() throws IOException {
        List<String> theirs =
                Files.readAllLines(SHARED.resolve("peer/container-mix.alerts-stable.jsonl"));
        assertThat(rulesAndTimes(replay())).isEqualTo(rulesAndTimes(theirs));
    }

    @Test
    void lineageIsToldOfRecordedProcessesToo() throws IOException {
        assertThat(withLineage(replay())).isPositive();
        assertThat(withLineage(replay("alerts.lineage=false"))).isZero();
    }

    private static long withLineage(List<String> lines) {
        return lines.stream().filter(line -> line.contains("\"lineage\":[{")).count();
    }

    @Test
    void slowOutputLosesNothing() throws IOException {
        assertThat(replay("outputs.queue-capacity=1").size()).isGreaterThan(50);
    }
}
