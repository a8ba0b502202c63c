// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.instrument.image;

import dev.torimono.instrument.InstrumentException;
import dev.torimono.instrument.read.JsonReader;
import dev.torimono.instrument.tree.Node;
import dev.torimono.instrument.tree.Node.Item;
import dev.torimono.instrument.tree.Node.Mapping;
import dev.torimono.instrument.tree.Node.Scalar;
import dev.torimono.instrument.tree.Node.Sequence;
import dev.torimono.instrument.tree.Source;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks the Docker of this machine, which answers for images it has; it pulls none. */
public final class DockerImages implements ImageLookup {
    private static final int MAX_ANSWER = 1 << 20;
    private static final long TIMEOUT_MS = 5000;

    private final Path socket;

    public DockerImages(Path socket) {
        this.socket = socket;
    }

    @Override
    public Optional<Start> find(String image) {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        try {
            // HTTP/1.0: the answer is not chunked and ends with the connection.
            String path = URLEncoder.encode(image, StandardCharsets.UTF_8).replace("+", "%20");
            return parse(
                    image, ask("GET /images/" + path + "/json HTTP/1.0\r\nHost: docker\r\n\r\n"));
        } catch (IOException | InstrumentException e) {
            throw new InstrumentException(
                    socket + ": cannot be asked about " + image + ": " + e.getMessage());
        }
    }

    private String ask(String request) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            do {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (leftMs <= 0 || selector.select(leftMs) == 0) {
                    throw new IOException("no answer in time");
                }
                selector.selectedKeys().clear();
                if (!answer.hasRemaining()) {
                    throw new IOException("an answer of more than " + MAX_ANSWER + " bytes");
                }
            } while (channel.read(answer) >= 0);
        }
        return StandardCharsets.UTF_8.decode(answer.flip()).toString();
    }

    private Optional<Start> parse(String image, String answer) throws IOException {
        int body = answer.indexOf("\r\n\r\n");
        String[] words = answer.split(" ", 3);
        if (!answer.startsWith("HTTP/1.") || words.length < 3 || body < 0) {
            throw new IOException("no HTTP");
        }
        if (words[1].equals("404")) {
            return Optional.empty();
        }
        if (!words[1].equals("200")) {
            throw new IOException(answer.lines().findFirst().orElse("").strip());
        }
        Node root = JsonReader.read(new Source("its answer", answer.substring(body + 4)));
        if (root instanceof Mapping found && found.get("Config") instanceof Mapping config) {
            String where = "image " + image + " in the local Docker, " + found.text("Id");
            return Optional.of(
                    new Start(words(config.get("Entrypoint")), words(config.get("Cmd")), where));
        }
        throw new IOException("an answer without Config");
    }

    private static List<String> words(@Nullable Node node) {
        List<String> words = new ArrayList<>();
        if (node instanceof Sequence list) {
            for (Item item : list.items()) {
                if (item.value() instanceof Scalar scalar) {
                    words.add(scalar.value());
                }
            }
        }
        return List.copyOf(words);
    }
}
