// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.agent.format.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded container, with what another engine found in it. */
class ReplayTest {
    private static final Path SHARED =
            Path.of(System.getProperty("torimono.root", ".."), "../shared").normalize();
    private static final Path CAPTURE = SHARED.resolve("peer/container-mix.scap");
    private final Logs logs = new Logs();

    @TempDir private Path folder;

    @BeforeEach
    void reference() {
        assumeTrue(Files.exists(CAPTURE), "../shared is absent");
    }

    private List<String> replay(String... more) throws IOException {
        Path out = folder.resolve("alerts" + more.length + ".jsonl");
        ConfigLoader loader = loader(out);
        for (String assignment : more) {
            loader.assignment(assignment);
        }
        long alerts = replay(loader).run(CAPTURE);
        List<String> lines = Files.readAllLines(out);
        // Sizes only: a failure that prints these lines helps nobody.
        assertThat((long) lines.size()).isEqualTo(alerts);
        return lines;
    }

    private Replay replay(Path out) {
        return replay(loader(out));
    }

    private Replay replay(ConfigLoader loader) {
        AgentConfig config = loader.load();
        JsonFormat format = new JsonFormat(config.alerts().shape(), ZoneOffset.UTC);
        return new Replay(config, format, logs.log());
    }

    private static ConfigLoader loader(Path out) {
        return new ConfigLoader(Map.of())
                .setList(
                        "rules.files",
                        List.of(SHARED.resolve("falco/rules/falco_rules.yaml").toString()),
                        "test")
                .assignment("outputs.stdout.enabled=false")
                .assignment("outputs.file.enabled=true")
                .assignment("outputs.file.path=" + out);
    }

    @Test
    void whatStandsBeforeADamageIsJudged() throws IOException {
        byte[] whole;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(CAPTURE))) {
            whole = in.readAllBytes();
        }
        Path cut = folder.resolve("cut.scap");
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        Replay replay = replay(folder.resolve("cut.jsonl"));
        Replay.Summary summary = replay.run(cut, ReplayWindow.ALL, null);
        assertThat(summary.alerts()).isBetween(1L, 103L);
        assertThat(summary.damage()).matches(".*cut.scap:\\d+: capture ends inside a block.*");
        assertThat((long) Files.readAllLines(folder.resolve("cut.jsonl")).size())
                .isEqualTo(summary.alerts());
    }

    @Test
    void progressShowsTheShareOfTheFile() {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        ReplayProgress progress = new ReplayProgress(new PrintStream(shown), 200);
        ReplayStatistics statistics = new ReplayStatistics();
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (shown.size() == 0 && System.nanoTime() < deadline) {
            progress.at(statistics, 50);
            Thread.onSpinWait();
        }
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("[######....")
                .contains(" 25 %");
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
