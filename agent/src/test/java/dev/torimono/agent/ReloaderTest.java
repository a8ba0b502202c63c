// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloaderTest {
    private static final String GOOD =
            "- {rule: a, desc: d, condition: evt.type = execve, output: o, priority: INFO}\n";

    private final Logs logs = new Logs();
    private final Counters counters = new Counters();
    private final FakeSource source = new FakeSource();
    private Pipeline pipeline;
    private Runnable also = () -> {};

    @TempDir private Path folder;

    @BeforeEach
    void pipeline() {
        pipeline =
                new Pipeline(
                        source,
                        new FakeObserver(),
                        new FakeMatcher("old"),
                        alert -> 0,
                        new Pipeline.Settings("box", true),
                        counters,
                        Losses.NONE,
                        logs.log());
    }

    private Reloader reloader(Path file) {
        Rulebook rulebook =
                new Rulebook(
                        new ConfigLoader(Map.of())
                                .setList("rules.files", List.of(file.toString()), "test")
                                .load()
                                .rules());
        return new Reloader(
                rulebook,
                CompletableFuture.completedFuture(pipeline),
                counters,
                _ -> also,
                logs.log(),
                20);
    }

    @Test
    void goodRulesComeIntoForceOnceForManyRequests() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), GOOD);
        try (Reloader reloader = reloader(file)) {
            for (int i = 0; i < 10; i++) {
                reloader.request("edit");
            }
            Until.so(() -> counters.get(Counter.RELOADS) == 1);
        }
        source.then(1);
        pipeline.run(() -> false);
        assertThat(source.subscriptions).hasSize(2);
        assertThat(logs.text()).containsOnlyOnce("rules reloaded: edit");
    }

    @Test
    void brokenRulesLeaveTheOldOnesInForce() throws IOException {
        Path file = Files.writeString(folder.resolve("r.yaml"), GOOD + "- rule: half\n");
        try (Reloader reloader = reloader(file)) {
            reloader.request("edit");
            Until.so(() -> logs.text().contains("r.yaml:2:"));
            Files.delete(file);
            reloader.request("removal");
            Until.so(() -> logs.text().contains("no such rules file"));
        }
        assertThat(counters.get(Counter.RELOADS_REFUSED)).isEqualTo(2);
        assertThat(counters.get(Counter.RELOADS)).isZero();
        source.then(1);
        pipeline.run(() -> false);
        assertThat(source.subscriptions).hasSize(1);
    }
}
