// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One connection to a page's DevTools: commands with answers, and events. */
final class DevTools implements AutoCloseable {
    private static final String NAVIGATED = "Inspected target navigated or closed";

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newHttpClient();
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final BiConsumer<String, JsonNode> events;

    /** The page went while it was asked, as one does that loads itself anew. */
    static final class Navigated extends AssertionError {
        private static final long serialVersionUID = 1;

        Navigated() {
            super(NAVIGATED);
        }
    }

    DevTools(URI page, BiConsumer<String, JsonNode> events) {
        this.events = events;
        this.socket =
                client.newWebSocketBuilder()
                        .connectTimeout(LIMIT)
                        .buildAsync(page, new Listener())
                        .join();
    }

    /** Sends a command and gives its result. */
    JsonNode send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode command = JsonMapper.shared().createObjectNode();
        command.put("id", id).put("method", method);
        command.set("params", JsonMapper.shared().valueToTree(parameters));
        try {
            socket.sendText(command.toString(), true).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            JsonNode message = answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (message.path("error").path("message").asString("").equals(NAVIGATED)) {
                throw new Navigated();
            }
            if (message.has("error")) {
                throw new AssertionError(method + ": " + message.path("error"));
            }
            return message.path("result");
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(method + ": no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void took(String text) {
        JsonNode message = JsonMapper.shared().readTree(text);
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
            if (answer != null) {
                answer.complete(message);
            }
        } else {
            events.accept(message.path("method").asString(""), message.path("params"));
        }
    }

    @Override
    public void close() {
        socket.abort();
        client.close();
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                took(whole);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}
