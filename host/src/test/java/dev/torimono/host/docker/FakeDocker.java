// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Docker daemon made of canned answers, on a unix socket. */
public final class FakeDocker implements AutoCloseable {
    private final Path socket;
    private final ServerSocketChannel server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<SocketChannel> streams = new CopyOnWriteArrayList<>();
    private volatile boolean hanging;

    public FakeDocker(Path socket) throws IOException {
        this.socket = socket;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().name("fake-docker").daemon().start(this::accept);
    }

    /** Answers that path with JSON; paths without an answer are not found. */
    public FakeDocker answer(String path, String json) {
        answers.put(path, json);
        return this;
    }

    /** A running container, with its inspect answer and image. */
    public FakeDocker container(String id, String name, String image) {
        answers.merge(
                "/containers/json",
                "[{\"Id\":\"" + id + "\"}]",
                (old, one) -> old.replace("]", "," + one.substring(1)));
        return describe(id, name, image);
    }

    /** The same, but not listed. */
    public FakeDocker describe(String id, String name, String image) {
        String imageId = "sha256:" + "1234abcd".repeat(8);
        answer("/containers/" + id + "/json", inspect(id, name, image, imageId));
        return answer(
                "/images/" + imageId + "/json",
                """
                {"RepoTags":["registry:5000/team/web:1.2","other:9"],
                 "RepoDigests":["registry:5000/team/web@sha256:feed"]}
                """);
    }

    public void event(String action, String id) throws IOException {
        event(action, id, "");
    }

    /** Says it with the container's name, as the daemon does. */
    public void event(String action, String id, String name) throws IOException {
        String attributes =
                name.isEmpty() ? "" : "\"name\":\"" + name + "\",\"image\":\"shop/web:2\"";
        String json =
                "{\"Type\":\"container\",\"Action\":\"%s\",\"Actor\":{\"ID\":\"%s\",\"Attributes\":{%s}}}\n"
                        .formatted(action, id, attributes);
        for (SocketChannel stream : streams) {
            send(stream, Integer.toHexString(json.length()) + "\r\n" + json + "\r\n");
        }
    }

    /** Accepts requests from now on without ever answering, or answers again. */
    public void hang(boolean value) {
        hanging = value;
    }

    public boolean hasListener() {
        return !streams.isEmpty();
    }

    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel stream : streams) {
            stream.close();
        }
        Files.deleteIfExists(socket);
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                answer(server.accept());
            }
        } catch (java.nio.channels.ClosedChannelException closed) {
            requests.add("closed");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(SocketChannel channel) {
        try {
            serve(channel);
        } catch (IOException left) {
            requests.add("left: " + left.getMessage());
        }
    }

    private void serve(SocketChannel channel) throws IOException {
        String path = request(channel);
        if (path.isEmpty()) {
            // It connected and left again.
            channel.close();
            return;
        }
        requests.add(path);
        if (hanging) {
            streams.add(channel);
            return;
        }
        if (path.startsWith("/events")) {
            send(channel, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            streams.add(channel);
            return;
        }
        String body = answers.get(path);
        String status = body == null ? "404 Not Found" : "200 OK";
        String content = body == null ? "{\"message\":\"no such thing\"}" : body;
        int length = content.getBytes(StandardCharsets.UTF_8).length;
        send(
                channel,
                "HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n\r\n" + content);
        channel.close();
    }

    private static String request(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0 && channel.read(buffer) >= 0) {
            text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
            buffer.clear();
        }
        String[] words = text.toString().split(" ", 3);
        return words.length > 1 ? words[1] : "";
    }

    private static void send(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static String inspect(String id, String name, String image, String imageId) {
        return """
        {"Id":"%s","Name":"/%s","Created":"2026-01-02T03:04:05.5Z","Image":"%s",
         "Config":{"Image":"%s","Labels":{"app":"shop","tier":"front"},
           "Healthcheck":{"Test":["CMD-SHELL","curl -f localhost"]}},
         "HostConfig":{"Privileged":true,"PidMode":"host","NetworkMode":"bridge","IpcMode":"private"},
         "Mounts":[{"Type":"bind","Source":"/srv","Destination":"/data","Mode":"rw","RW":true,
           "Propagation":"rprivate"}],
         "NetworkSettings":{"IPAddress":"","Networks":{"bridge":{"IPAddress":"172.17.0.2"}}}}
        """
                .formatted(id, name, imageId, image);
    }
}
