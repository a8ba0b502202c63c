// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.torimono.agent.Logs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpOutputTest {
    private record Post(Map<String, List<String>> headers, ByteBuffer body) {}

    private final Logs logs = new Logs();
    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final List<Integer> answers = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    posts.add(
                            new Post(
                                    Map.copyOf(exchange.getRequestHeaders()),
                                    ByteBuffer.wrap(exchange.getRequestBody().readAllBytes())));
                    int status = answers.isEmpty() ? 200 : answers.removeFirst();
                    byte[] body = "seen".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/alerts");
    }

    private HttpSettings settings(URI url, boolean compress, boolean echo) {
        return new HttpSettings(
                url,
                "torimono/test",
                Map.of("X-Token", "t"),
                1000,
                3,
                10,
                compress,
                echo,
                false,
                null,
                null,
                null);
    }

    private HttpOutput output() throws IOException {
        return new HttpOutput(settings(url(), false, false), logs.log());
    }

    @Test
    void postsTheLineWithItsType() throws Exception {
        Line line = Lines.json("m");
        try (HttpOutput output = output()) {
            output.write(line);
        }
        assertThat(posts).hasSize(1);
        assertThat(posts.getFirst().body().array()).isEqualTo(line.bytes());
        assertThat(posts.getFirst().headers())
                .containsEntry("Content-type", List.of("application/json"))
                .containsEntry("User-agent", List.of("torimono/test"))
                .containsEntry("X-token", List.of("t"));
    }

    @Test
    void compressesWhenAskedAndEchoesTheAnswer() throws Exception {
        Line line = Lines.json("m");
        try (HttpOutput output = new HttpOutput(settings(url(), true, true), logs.log())) {
            output.write(line);
        }
        byte[] body = posts.getFirst().body().array();
        assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes())
                .isEqualTo(line.bytes());
        assertThat(logs.text()).contains("answered 200: seen");
    }

    @Test
    void triesAgainWhileTheReceiverMayRecover() throws Exception {
        answers.addAll(List.of(503, 429, 202));
        try (HttpOutput output = output()) {
            output.write(Lines.json("m"));
        }
        assertThat(posts).hasSize(3);
    }

    @Test
    void givesUpAfterSoManyAttempts() throws Exception {
        answers.addAll(List.of(500, 500, 500, 200));
        try (HttpOutput output = output()) {
            assertThatThrownBy(() -> output.write(Lines.json("m")))
                    .hasMessageContaining("answered 500");
        }
        assertThat(posts).hasSize(3);
    }

    @Test
    void doesNotRepeatWhatIsRefused() throws Exception {
        answers.add(400);
        try (HttpOutput output = output()) {
            assertThatThrownBy(() -> output.write(Lines.json("m")))
                    .hasMessageContaining("answered 400");
        }
        assertThat(posts).hasSize(1);
    }

    @Test
    void receiverThatIsDownIsNamed() throws Exception {
        URI url = url();
        server.stop(0);
        try (HttpOutput output = new HttpOutput(settings(url, false, false), logs.log())) {
            assertThatThrownBy(() -> output.write(Lines.json("m")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(url.toString());
        }
    }
}
