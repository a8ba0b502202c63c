// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One HTTP request over a Unix socket, within a deadline: java.net.http cannot. */
final class UnixHttp {
    private static final int MAX_RESPONSE = 64 << 10;

    /** Status and body, chunks not joined: only read for the words of an error. */
    record Response(int status, String body) {}

    private final Path socket;

    UnixHttp(Path socket) {
        this.socket = socket;
    }

    Response post(String target, long timeoutMs) throws IOException {
        String request =
                "POST "
                        + target
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                        + "Connection: close\r\n\r\n";
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return parse(readAll(channel, selector, deadline));
        }
    }

    private String readAll(SocketChannel channel, Selector selector, long deadline)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        while (bytes.size() < MAX_RESPONSE) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0 || selector.select(leftMs) == 0) {
                throw new IOException(socket + " did not answer in time");
            }
            selector.selectedKeys().clear();
            int read = channel.read(buffer.clear());
            if (read < 0) {
                break;
            }
            bytes.write(buffer.array(), 0, read);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Response parse(String answer) throws IOException {
        String[] words = answer.split(" ", 3);
        int body = answer.indexOf("\r\n\r\n");
        if (!answer.startsWith("HTTP/1.") || words.length < 3 || body < 0) {
            throw new IOException(socket + " answered no HTTP");
        }
        try {
            return new Response(Integer.parseInt(words[1]), answer.substring(body + 4).strip());
        } catch (NumberFormatException e) {
            throw new IOException(socket + " answered no HTTP", e);
        }
    }
}
