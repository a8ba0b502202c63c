// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.torimono.agent.config.AgentConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A collector that lets everybody enrol, and takes what is told; some of it only later. */
final class PlayedCollector implements AutoCloseable {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final HttpServer server;

    PlayedCollector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        boolean enrols = path.endsWith("enrol");
        boolean fails = !enrols && failures.getAndDecrement() > 0;
        byte[] reply = "{\"agentId\":\"a\",\"token\":\"t\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(fails ? 503 : 200, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
        if (!enrols && !fails) {
            told.add(path + " " + body);
        }
    }

    /** Takes nothing of what is told next, so many times. */
    void fail(int times) {
        failures.set(times);
    }

    /** What was told, path and body, in order. */
    String next() throws InterruptedException {
        String next = told.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was told");
        }
        return next;
    }

    /** Of an agent that reports to it. */
    AgentConfig.Fleet config(Path folder, boolean responses) {
        int port = server.getAddress().getPort();
        return new AgentConfig.Fleet(
                "http://127.0.0.1:" + port,
                "key",
                null,
                "",
                null,
                folder,
                1 << 20,
                true,
                responses);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
