// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.output.Tls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** Calls the collector. Any thread. */
final class CollectorClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final AgentConfig.Fleet config;
    private final Log log;
    private @Nullable HttpClient client;

    CollectorClient(AgentConfig.Fleet config, Log log) {
        this.config = config;
        this.log = log;
    }

    /** An answer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, byte[] body) {
        boolean good() {
            return status / 100 == 2;
        }

        /** Whether the token counts no more. */
        boolean unauthorized() {
            return status == 401;
        }
    }

    Answer post(String path, String token, byte[] body, long timeoutMs)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(config.url() + path))
                        .timeout(Duration.ofMillis(timeoutMs))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build();
        try {
            HttpResponse<byte[]> response =
                    client().send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), response.body());
        } catch (SSLException e) {
            // The file of authorities may have another certificate in it by now.
            forget();
            throw e;
        }
    }

    private synchronized void forget() {
        HttpClient made = client;
        if (made != null && config.caFile() != null) {
            client = null;
            made.shutdown();
        }
    }

    /** Made at the first call: the certificate to trust may come to be after we do. */
    private synchronized HttpClient client() throws IOException {
        HttpClient made = client;
        if (made == null) {
            HttpClient.Builder builder =
                    HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .followRedirects(HttpClient.Redirect.NEVER)
                            .connectTimeout(CONNECT);
            SSLContext context = context();
            if (context != null) {
                builder.sslContext(context);
            }
            made = builder.build();
            client = made;
        }
        return made;
    }

    private @Nullable SSLContext context() throws IOException {
        Path caFile = config.caFile();
        if (config.fingerprint().isEmpty() && caFile == null) {
            return null;
        }
        if (caFile != null) {
            return Tls.trusting(caFile);
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {pinned()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS: " + e.getMessage(), e);
        }
    }

    private PinnedTrust pinned() {
        return new PinnedTrust(config.fingerprint(), config.folder().resolve("collector.key"), log);
    }

    @Override
    public synchronized void close() {
        HttpClient made = client;
        if (made != null) {
            made.shutdownNow();
        }
    }
}
