// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** Posts JSON. */
final class WebSender implements Sender {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TOO_MANY = 429;
    private static final int TIMED_OUT = 408;

    private final HttpClient client =
            HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(TIMEOUT)
                    .build();

    @Override
    public void send(ChannelType type, JsonNode options, Told told)
            throws IOException, InterruptedException {
        post(type, options, type.message(told, options));
    }

    void post(ChannelType type, JsonNode options, byte[] body)
            throws IOException, InterruptedException {
        HttpResponse<Void> response =
                client.send(request(type, options, body), HttpResponse.BodyHandlers.discarding());
        int status = response.statusCode();
        boolean maybeLater = status >= 500 || status == TOO_MANY || status == TIMED_OUT;
        if (status / 100 != 2) {
            throw new IOException(
                    "it answered " + status + (maybeLater ? "" : "; is its address right?"));
        }
    }

    private static HttpRequest request(ChannelType type, JsonNode options, byte[] body)
            throws IOException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(type.url(options)))
                            .timeout(TIMEOUT)
                            .header("Content-Type", "application/json")
                            .header("User-Agent", "torimono");
            options.path("additionalHeaders")
                    .properties()
                    .forEach(
                            entry ->
                                    request.setHeader(
                                            entry.getKey(), entry.getValue().asString("")));
            return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
