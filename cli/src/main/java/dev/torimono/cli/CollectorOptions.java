// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which collector to ask, and as whom; without options the one of this machine. */
final class CollectorOptions {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--collector",
            paramLabel = "URL",
            description = "Where it is; default the one of this machine.")
    private @Nullable String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "File with an API token; default $TORIMONO_TOKEN, then that of this machine.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM certificates to trust; default the collector's of this machine.")
    private @Nullable Path caFile;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "/var/lib/torimono/collector",
            description = "Folder of the collector of this machine; default ${DEFAULT-VALUE}.")
    private Path data = Path.of("");

    /** What a path answers. */
    JsonNode get(String path) {
        try {
            String base = url == null ? read(data.resolve("url")) : url;
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base + path))
                            .timeout(TIMEOUT)
                            .header("Authorization", "Bearer " + token())
                            .build();
            try (HttpClient client = client()) {
                HttpResponse<byte[]> response =
                        client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                JsonNode body = JsonMapper.shared().readTree(response.body());
                if (response.statusCode() != 200) {
                    throw failed(
                            base
                                    + ": "
                                    + body.path("message").asString("")
                                    + " ("
                                    + response.statusCode()
                                    + ")",
                            null);
                }
                return body;
            }
        } catch (IOException e) {
            throw failed("collector: " + describe(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("collector: interrupted", e);
        }
    }

    private static String describe(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? e.getMessage()
                        + ": no such file; does a collector run here? --collector names another"
                : e instanceof java.nio.file.AccessDeniedException
                        ? e.getMessage() + ": may only be read by root and the collector"
                        : String.valueOf(e.getMessage() == null ? e : e.getMessage());
    }

    private static AgentException failed(String message, @Nullable Exception cause) {
        return cause == null
                ? new AgentException(Reason.ENVIRONMENT, message)
                : new AgentException(Reason.ENVIRONMENT, message, cause);
    }

    private String token() throws IOException {
        Path file = tokenFile;
        if (file != null) {
            return read(file);
        }
        String variable = System.getenv("TORIMONO_TOKEN");
        return variable == null ? read(data.resolve("cli.token")) : variable;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    private HttpClient client() throws IOException {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(TIMEOUT);
        Path pem = caFile == null && url == null ? data.resolve("tls/certificate.pem") : caFile;
        if (pem != null) {
            builder.sslContext(trusting(pem));
        }
        return builder.build();
    }

    private static SSLContext trusting(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(pem + ": " + e.getMessage(), e);
        }
    }
}
