// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Logs;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.control.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the collector asks for, done for a collector that is played by the test. */
final class ErrandsTest {
    @TempDir private Path folder = Path.of("");
    private final List<Request> done = new CopyOnWriteArrayList<>();
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

    private Errands errands(boolean allowed) {
        AgentConfig.Fleet config = collector().config(folder, allowed);
        CollectorClient client = new CollectorClient(config, new Logs().log());
        return new Errands(
                new Identity(config, client, Map::of),
                client,
                (who, request) -> {
                    done.add(request);
                    return new Answer("done", who, Map.of("container", "c1"));
                },
                allowed,
                new Logs().log());
    }

    private static JsonNode orders(long ttlMs) {
        return JsonMapper.shared()
                .readTree(
                        """
                        [{"id": "e1", "command": "kill-process", "target": "4711", "startNs": 99,
                          "tree": true, "dryRun": true, "who": "alice", "reason": "r",
                          "ttlMs": %d}]"""
                                .formatted(ttlMs));
    }

    @Test
    void whatIsAskedForIsDoneAndAnswered() throws Exception {
        try (Errands errands = errands(true)) {
            errands.take(orders(60_000), 0);
            assertThat(collector().next())
                    .startsWith("/fleet/v1/responses/e1 ")
                    .contains("\"status\":\"done\"", "collector: alice", "\"container\":\"c1\"");
        }
        assertThat(done)
                .containsExactly(new Request("kill-process", "4711", "", true, "r", 99, true));
    }

    @Test
    void whatWasUnderWayForTooLongIsNotDone() throws Exception {
        try (Errands errands = errands(true)) {
            errands.take(orders(30_000), TimeUnit.SECONDS.toNanos(31));
            assertThat(collector().next()).contains("\"status\":\"refused\"", "too late");
        }
        assertThat(done).isEmpty();
    }

    @Test
    void aMachineMayWantNoneOfIt() throws Exception {
        try (Errands errands = errands(false)) {
            errands.take(orders(60_000), 0);
            assertThat(collector().next()).contains("\"status\":\"refused\"", "fleet.responses");
        }
        assertThat(done).isEmpty();
    }

    @Test
    void anAnswerThatIsNotTakenIsToldAgainAndNothingIsDoneAgain() throws Exception {
        collector().fail(2);
        try (Errands errands = errands(true)) {
            errands.take(orders(60_000), 0);
            assertThat(collector().next()).contains("\"status\":\"done\"");
        }
        assertThat(done).hasSize(1);
    }
}
