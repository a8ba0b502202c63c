// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import dev.torimono.collector.net.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** Posts, and tells what an answer means for what was posted. */
final class Web implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_WHY = 200;

    private final HttpClient client;

    Web(Options options) throws IOException {
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .sslContext(Tls.trusting(options.text("caCertificates")))
                        .build();
    }

    /**
     * @throws RefusedException when the answer says that the body is what is wrong
     */
    String post(URI uri, String contentType, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .timeout(TIMEOUT)
                        .header("Content-Type", contentType)
                        .header("User-Agent", "torimono");
        try {
            headers.forEach(request::setHeader);
        } catch (IllegalArgumentException e) {
            throw new IOException("headers: " + e.getMessage(), e);
        }
        HttpResponse<String> response =
                client.send(
                        request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build(),
                        HttpResponse.BodyHandlers.ofString());
        int status = response.statusCode();
        if (status / 100 == 2) {
            return response.body();
        }
        String text = response.body().replaceAll("\\p{Cntrl}+", " ");
        String why =
                "it answered "
                        + status
                        + (text.isBlank()
                                ? ""
                                : ": " + text.substring(0, Math.min(text.length(), MAX_WHY)));
        switch (status) {
            // Addresses and tokens that are wrong are set right by people: events wait for that.
            case 400, 413, 422 -> throw new RefusedException(why);
            default -> throw new IOException(why);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
