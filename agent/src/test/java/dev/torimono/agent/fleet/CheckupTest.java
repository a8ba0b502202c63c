// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Logs;
import dev.torimono.agent.config.AgentConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works on the machine, told to a collector that is played by the test. */
final class CheckupTest {
    @TempDir private Path folder = Path.of("");
    private final AtomicInteger looks = new AtomicInteger();
    private @Nullable PlayedCollector started;

    @BeforeEach
    void start() throws IOException {
        started = new PlayedCollector();
    }

    @AfterEach
    void stop() {
        collector().close();
    }

    private PlayedCollector collector() {
        return Objects.requireNonNull(started);
    }

    private Thread checkup(Supplier<String> diagnosis) {
        AgentConfig.Fleet config = collector().config(folder, true);
        CollectorClient client = new CollectorClient(config, new Logs().log());
        Checkup checkup =
                new Checkup(
                        new Identity(config, client, Map::of),
                        client,
                        diagnosis,
                        new Checkup.Times(1, 10),
                        new Logs().log());
        return Thread.ofPlatform().daemon().start(checkup);
    }

    private static void end(Thread thread) throws InterruptedException {
        thread.interrupt();
        assertThat(thread.join(java.time.Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void aDiagnosisIsToldOnceAndAgainWhenItHasChanged() throws Exception {
        // The same three times, then another.
        Thread thread = checkup(() -> "{\"look\":" + looks.getAndIncrement() / 3 + "}");
        assertThat(collector().next()).isEqualTo("/fleet/v1/diagnosis {\"look\":0}");
        assertThat(collector().next()).isEqualTo("/fleet/v1/diagnosis {\"look\":1}");
        end(thread);
        assertThat(looks.get()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aLookThatFailsIsTriedAgainAtItsTime() throws Exception {
        Thread thread =
                checkup(
                        () -> {
                            if (looks.getAndIncrement() == 0) {
                                throw new IllegalStateException("no kernel");
                            }
                            return "{}";
                        });
        assertThat(collector().next()).endsWith(" {}");
        end(thread);
    }

    @Test
    void whatTheCollectorDoesNotTakeIsToldAgain() throws Exception {
        collector().fail(1);
        Thread thread = checkup(() -> "{\"n\":1}");
        assertThat(collector().next()).endsWith("{\"n\":1}");
        end(thread);
    }
}
