// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import dev.torimono.host.container.Recent;
import dev.torimono.host.container.RuntimeClient;
import dev.torimono.host.unix.UnixConnection;
import dev.torimono.model.Container;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Docker Engine API over its unix socket; podman serves the same. Every request has its own
 * connection, the stream of changes a lasting one.
 */
public final class DockerClient implements RuntimeClient {

    private static final int MOST_BODY_BYTES = 16 * 1024 * 1024;
    private static final int MOST_EVENT_BYTES = 1024 * 1024;
    private static final long TIMEOUT_MS = 5_000;
    private static final int MOST_IMAGES = 512;
    private static final String EVENTS = "/events?filters=%7B%22type%22%3A%5B%22container%22%5D%7D";

    private final Path socket;
    private final String runtime;
    private final JsonMapper json = new JsonMapper();
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final Map<String, JsonNode> images = new Recent<>(MOST_IMAGES);
    private final Deque<Change> changes = new ArrayDeque<>();
    private final StringBuilder partial = new StringBuilder();
    private HttpDecoder decoder = new HttpDecoder(MOST_EVENT_BYTES);
    private volatile @Nullable UnixConnection stream;

    /**
     * @param socket the daemon's socket
     * @param runtime {@code docker} or {@code podman}: whose cgroups it answers for
     */
    public DockerClient(Path socket, String runtime) {
        this.socket = socket;
        this.runtime = runtime;
    }

    @Override
    public String runtime() {
        return runtime;
    }

    @Override
    public Path socket() {
        return socket;
    }

    @Override
    public String version() throws IOException {
        JsonNode version = get("/version");
        return version == null ? "" : version.path("Version").asString("");
    }

    @Override
    public void connect() throws IOException {
        close();
        changes.clear();
        partial.setLength(0);
        decoder = new HttpDecoder(MOST_EVENT_BYTES);
        UnixConnection fresh = UnixConnection.open(socket);
        stream = fresh;
        fresh.send(HttpDecoder.get(EVENTS), TIMEOUT_MS);
    }

    @Override
    public List<Container> list() throws IOException {
        List<Container> containers = new ArrayList<>();
        JsonNode listed = get("/containers/json");
        if (listed == null) {
            throw new IOException(name() + ": it has no list of containers");
        }
        for (JsonNode entry : listed) {
            Container container = inspect(entry.path("Id").asString(""));
            // Ended between the list and the question.
            if (container != null) {
                containers.add(container);
            }
        }
        return containers;
    }

    @Override
    public @Nullable Container inspect(String fullId) throws IOException {
        // The id comes from a cgroup path, which a container may have named itself.
        if (!fullId.matches("[0-9a-f]{12,64}")) {
            return null;
        }
        JsonNode container = get("/containers/" + fullId + "/json");
        if (container == null) {
            return null;
        }
        return DockerJson.container(
                container, image(container.path("Image").asString("")), runtime);
    }

    @Override
    public @Nullable Change next(long timeoutMs) throws IOException {
        Change waiting = changes.poll();
        UnixConnection from = stream;
        if (waiting != null || from == null) {
            return waiting;
        }
        buffer.clear();
        int n = from.read(buffer, timeoutMs);
        if (n < 0) {
            throw new IOException(name() + ": it ended its stream of events");
        }
        decoder.feed(buffer.flip());
        if (decoder.status() != 0 && decoder.status() != 200) {
            throw new IOException(name() + ": events are refused with " + decoder.status());
        }
        lines(new String(decoder.take(), StandardCharsets.UTF_8));
        if (decoder.done()) {
            throw new IOException(name() + ": it ended its stream of events");
        }
        return changes.poll();
    }

    @Override
    public void wake() {
        UnixConnection at = stream;
        if (at != null) {
            at.wake();
        }
    }

    @Override
    public void close() {
        UnixConnection open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(name() + ": close failed", e);
            }
        }
    }

    /** The JSON answer of a GET; null for 404. */
    private @Nullable JsonNode get(String path) throws IOException {
        HttpDecoder response = new HttpDecoder(MOST_BODY_BYTES);
        try (UnixConnection connection = UnixConnection.open(socket)) {
            connection.send(HttpDecoder.get(path), TIMEOUT_MS);
            long deadline = System.nanoTime() + TIMEOUT_MS * 1_000_000;
            while (!response.done()) {
                buffer.clear();
                int n = connection.read(buffer, (deadline - System.nanoTime()) / 1_000_000);
                if (n < 0) {
                    response.end();
                } else if (n == 0 && System.nanoTime() >= deadline) {
                    throw new IOException(name() + ": no answer in " + TIMEOUT_MS + " ms");
                }
                response.feed(buffer.flip());
            }
        }
        if (response.status() == 404) {
            return null;
        }
        if (response.status() != 200) {
            throw new IOException(name() + ": " + path + " is answered " + response.status());
        }
        return parse(response.take());
    }

    private JsonNode parse(byte[] body) throws IOException {
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new IOException(name() + ": its answer is no JSON", e);
        }
    }

    private @Nullable JsonNode image(String id) throws IOException {
        if (!id.matches("(sha256:)?[0-9a-f]{64}")) {
            return null;
        }
        JsonNode known = images.get(id);
        if (known != null) {
            return known;
        }
        JsonNode image = get("/images/" + id + "/json");
        if (image != null) {
            images.put(id, image);
        }
        return image;
    }

    /** One JSON object a line; the last may still be incomplete. */
    private void lines(String text) throws IOException {
        partial.append(text);
        for (int end = partial.indexOf("\n"); end >= 0; end = partial.indexOf("\n")) {
            String line = partial.substring(0, end).strip();
            partial.delete(0, end + 1);
            if (!line.isEmpty()) {
                JsonNode event = parse(line.getBytes(StandardCharsets.UTF_8));
                Change change = DockerJson.change(event, runtime);
                if (change != null) {
                    changes.add(change);
                }
            }
        }
        if (partial.length() > MOST_EVENT_BYTES) {
            throw new IOException(name() + ": an event without end");
        }
    }
}
