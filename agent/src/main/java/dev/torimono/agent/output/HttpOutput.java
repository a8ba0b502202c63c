// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import dev.torimono.agent.Log;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;

/** Alerts as HTTP POST, one each; retried with back-off while the receiver may come back. */
public final class HttpOutput implements Output {
    private static final long MAX_BACKOFF_MS = 30_000;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_ECHO_CHARS = 500;

    private final HttpSettings settings;
    private final Log log;
    private final HttpClient client;

    /**
     * @throws IOException when the certificates cannot be used
     */
    public HttpOutput(HttpSettings settings, Log log) throws IOException {
        this.settings = settings;
        this.log = log;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        // An upgrade offer confuses small receivers; one POST gains nothing from 2.
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(Duration.ofMillis(settings.timeoutMs()));
        if (Tls.isNeeded(settings)) {
            builder.sslContext(Tls.context(settings));
        }
        this.client = builder.build();
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public void write(Line line) throws IOException, InterruptedException {
        HttpRequest request = request(line);
        Backoff backoff = new Backoff(settings.firstBackoffMs(), MAX_BACKOFF_MS);
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt >= settings.attempts();
            try {
                HttpResponse<String> response =
                        client.send(request, HttpResponse.BodyHandlers.ofString());
                int status = response.statusCode();
                if (status / 100 == 2) {
                    echo(response);
                    return;
                }
                if (last || !mayPass(status)) {
                    throw new RefusedException(settings.url() + " answered " + status);
                }
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (last) {
                    throw new IOException(settings.url() + ": " + Failure.text(e), e);
                }
            }
            backoff.pause();
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** The receiver has answered, and not with a reason to try again. */
    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private static boolean mayPass(int status) {
        return status >= 500 || status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS;
    }

    private HttpRequest request(Line line) throws IOException {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(settings.url())
                        .timeout(Duration.ofMillis(settings.timeoutMs()))
                        .header("Content-Type", line.contentType())
                        .header("User-Agent", settings.userAgent());
        settings.headers().forEach(builder::setHeader);
        byte[] body = line.bytes();
        if (settings.compress()) {
            builder.header("Content-Encoding", "gzip");
            body = gzip(body);
        }
        return builder.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    }

    private void echo(HttpResponse<String> response) {
        if (settings.echo()) {
            String body = response.body();
            log.info(
                    "output http: answered "
                            + response.statusCode()
                            + ": "
                            + body.substring(0, Math.min(body.length(), MAX_ECHO_CHARS)));
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
