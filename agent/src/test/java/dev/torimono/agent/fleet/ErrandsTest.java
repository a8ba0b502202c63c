// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.torimono.agent.Logs;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.control.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the collector asks for, done for a collector that is played by the test. */
final class ErrandsTest {
    @TempDir private Path folder = Path.of("");
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final List<Request> done = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private @org.jspecify.annotations.Nullable HttpServer server;

    @BeforeEach
    void start() throws IOException {
        HttpServer started =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/", this::answer);
        started.start();
        server = started;
    }

    @AfterEach
    void stop() {
        java.util.Objects.requireNonNull(server).stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getPath();
        byte[] reply = "{\"agentId\":\"a\",\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8);
        boolean fails = !path.endsWith("enrol") && failures.getAndDecrement() > 0;
        exchange.sendResponseHeaders(fails ? 503 : 200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
        if (!path.endsWith("enrol") && !fails) {
            told.add(path + " " + new String(body, StandardCharsets.UTF_8));
        }
    }

    private Errands errands(boolean allowed) {
        int port = java.util.Objects.requireNonNull(server).getAddress().getPort();
        AgentConfig.Fleet config =
                new AgentConfig.Fleet(
                        "http://127.0.0.1:" + port,
                        "key",
                        null,
                        "",
                        null,
                        folder,
                        1 << 20,
                        true,
                        allowed);
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

    private String next() throws InterruptedException {
        String next = told.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was told");
        }
        return next;
    }

    @Test
    void whatIsAskedForIsDoneAndAnswered() throws Exception {
        try (Errands errands = errands(true)) {
            errands.take(orders(60_000), 0);
            assertThat(next())
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
            assertThat(next()).contains("\"status\":\"refused\"", "too late");
        }
        assertThat(done).isEmpty();
    }

    @Test
    void aMachineMayWantNoneOfIt() throws Exception {
        try (Errands errands = errands(false)) {
            errands.take(orders(60_000), 0);
            assertThat(next()).contains("\"status\":\"refused\"", "fleet.responses");
        }
        assertThat(done).isEmpty();
    }

    @Test
    void anAnswerThatIsNotTakenIsToldAgainAndNothingIsDoneAgain() throws Exception {
        failures.set(2);
        try (Errands errands = errands(true)) {
            errands.take(orders(60_000), 0);
            assertThat(next()).contains("\"status\":\"done\"");
        }
        assertThat(done).hasSize(1);
    }
}
