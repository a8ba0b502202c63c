// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import dev.torimono.collector.event.Json;
import dev.torimono.collector.net.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A collector on a free port with a folder of its own, and a client that trusts its certificate.
 */
final class RunningCollector implements AutoCloseable {
    private final Path data;
    private final Collector collector;
    private final HttpClient client;

    RunningCollector(Path data) throws IOException {
        this.data = data;
        this.collector = Collector.start(config(data), InstantSource.system(), 0);
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(
                                Tls.trusting(Files.readString(data.resolve("tls/certificate.pem"))))
                        .connectTimeout(Duration.ofSeconds(20))
                        .build();
    }

    static CollectorConfig config(Path data) {
        return new CollectorConfig(
                "127.0.0.1",
                0,
                data,
                List.of(),
                null,
                null,
                100_000,
                1L << 40,
                0,
                CollectorConfig.Mail.NONE);
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.parse(body);
        }

        ObjectNode object() {
            return Json.object(body);
        }
    }

    Answer call(String method, String path, String token, String body) {
        return call(method, path, token, body.getBytes(StandardCharsets.UTF_8));
    }

    Answer call(String method, String path, String token, byte[] body) {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(uri(path))
                            .timeout(Duration.ofSeconds(60))
                            .method(
                                    method,
                                    body.length == 0
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofByteArray(body));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            HttpResponse<byte[]> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer get(String path, String token) {
        return call("GET", path, token, "");
    }

    Answer post(String path, String token, JsonNode body) {
        return call("POST", path, token, Json.bytes(body));
    }

    HttpClient client() {
        return client;
    }

    URI uri(String path) {
        return URI.create(collector.url() + path);
    }

    int port() {
        return collector.port();
    }

    /** The administrator's. */
    String admin() {
        return secret("cli.token");
    }

    String accessKey() {
        return secret("access.key");
    }

    /** A token of a new account. */
    String tokenOf(String role) {
        ObjectNode account =
                Json.object()
                        .put("name", role + "-1")
                        .put("role", role)
                        .put("password", "0123456789");
        post("/api/v1/accounts", admin(), account);
        ObjectNode login = Json.object().put("username", role + "-1").put("password", "0123456789");
        return post("/api/v1/login", "", login).object().path("token").asString("");
    }

    /** The token of a new agent. */
    String enrol(String hostname) {
        return post("/fleet/v1/enrol", accessKey(), Json.object().put("hostname", hostname))
                .object()
                .path("token")
                .asString("");
    }

    private String secret(String name) {
        try {
            return Files.readString(data.resolve(name)).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        collector.close();
    }
}
