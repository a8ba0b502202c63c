// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.output.Tls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
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
        return call("GET", path, new byte[0]);
    }

    /**
     * What a path answers to JSON.
     *
     * @throws AgentException when it is not reached, or refuses; the message tells why
     */
    JsonNode call(String method, String path, byte[] json) {
        String base = "collector";
        try {
            base = url == null ? read(data.resolve("url")) : url;
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(base + path))
                            .timeout(TIMEOUT)
                            .header("Authorization", "Bearer " + token())
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofByteArray(json))
                            .build();
            try (HttpClient client = client()) {
                HttpResponse<byte[]> response =
                        client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                return answer(base, response);
            }
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw failed(base + ": no collector answers there; does it run?", e);
        } catch (IOException e) {
            throw failed("collector: " + describe(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("collector: interrupted", e);
        }
    }

    private static JsonNode answer(String base, HttpResponse<byte[]> response) {
        int status = response.statusCode();
        JsonNode body;
        try {
            body =
                    response.body().length == 0
                            ? JsonMapper.shared().createObjectNode()
                            : JsonMapper.shared().readTree(response.body());
        } catch (JacksonException e) {
            throw failed(base + ": its answer is no JSON (" + status + ")", e);
        }
        if (status / 100 != 2) {
            String why = base + ": " + body.path("message").asString("") + " (" + status + ")";
            throw new AgentException(
                    isAskedWrongly(status) ? Reason.CONFIG : Reason.ENVIRONMENT, why);
        }
        return body;
    }

    /** Whether something else has to be asked for; else somebody else has to ask, or later. */
    private static boolean isAskedWrongly(int status) {
        return switch (status) {
            case 400, 404, 409, 413, 422 -> true;
            default -> false;
        };
    }

    /** Whether a collector works in the folder of this machine. */
    boolean runsHere() throws IOException {
        Path lock = data.resolve("collector.lock");
        if (!Files.exists(lock)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held == null;
        } catch (OverlappingFileLockException e) {
            // It runs in this very process.
            return true;
        }
    }

    /** Whether it is another than the one of this machine. */
    boolean isElsewhere() {
        return url != null;
    }

    Path data() {
        return data;
    }

    private static String describe(IOException e) {
        return e instanceof java.nio.file.NoSuchFileException
                ? e.getMessage()
                        + ": no such file; does a collector run here? --collector names another"
                : e instanceof java.nio.file.AccessDeniedException
                        ? e.getMessage() + ": may only be read by root and the collector"
                        : String.valueOf(e.getMessage() == null ? e : e.getMessage());
    }

    private static AgentException failed(String message, Exception cause) {
        return new AgentException(Reason.ENVIRONMENT, message, cause);
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
            builder.sslContext(Tls.trusting(pem));
        }
        return builder.build();
    }
}
