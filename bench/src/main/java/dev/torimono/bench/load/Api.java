// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench.load;

import dev.torimono.agent.output.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A collector, as agents and people call it. */
final class Api implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String url;
    private final HttpClient client;

    /**
     * @param data folder of the collector, for its address, certificate and tokens
     */
    Api(Path data) throws IOException {
        this.url = Files.readString(data.resolve("url")).strip();
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(Tls.trusting(data.resolve("tls/certificate.pem")))
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] body) {
        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    Answer call(String method, String path, String token, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        HttpResponse<byte[]> response =
                client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response.body());
    }

    JsonNode get(String path, String token) throws IOException, InterruptedException {
        Answer answer = call("GET", path, token, new byte[0]);
        if (answer.status() != 200) {
            throw new IOException(path + ": " + answer.status() + " " + new String(answer.body()));
        }
        return answer.json();
    }

    @Override
    public void close() {
        client.close();
    }
}
