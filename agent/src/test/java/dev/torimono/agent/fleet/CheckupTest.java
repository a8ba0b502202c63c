// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.torimono.agent.Logs;
import dev.torimono.agent.config.AgentConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works on the machine, told to a collector that is played by the test. */
final class CheckupTest {
    @TempDir private Path folder = Path.of("");
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
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
        Objects.requireNonNull(server).stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean enrols = exchange.getRequestURI().getPath().endsWith("enrol");
        boolean fails = !enrols && failures.getAndDecrement() > 0;
        byte[] reply = "{\"agentId\":\"a\",\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(fails ? 503 : 200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
        if (!enrols && !fails) {
            told.add(exchange.getRequestURI().getPath() + " " + body);
        }
    }

    private Thread checkup(Supplier<String> diagnosis) {
        int port = Objects.requireNonNull(server).getAddress().getPort();
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
                        true);
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

    private String next() throws InterruptedException {
        String next = told.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was told");
        }
        return next;
    }

    private static void end(Thread thread) throws InterruptedException {
        thread.interrupt();
        assertThat(thread.join(java.time.Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void aDiagnosisIsToldOnceAndAgainWhenItHasChanged() throws Exception {
        // The same three times, then another.
        Thread thread = checkup(() -> "{\"look\":" + looks.getAndIncrement() / 3 + "}");
        assertThat(next()).isEqualTo("/fleet/v1/diagnosis {\"look\":0}");
        assertThat(next()).isEqualTo("/fleet/v1/diagnosis {\"look\":1}");
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
        assertThat(next()).endsWith(" {}");
        end(thread);
    }

    @Test
    void whatTheCollectorDoesNotTakeIsToldAgain() throws Exception {
        failures.set(1);
        Thread thread = checkup(() -> "{\"n\":1}");
        assertThat(next()).endsWith("{\"n\":1}");
        end(thread);
    }
}
