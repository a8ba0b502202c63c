// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A container engine that answers every request as told. */
final class FakeEngine implements AutoCloseable {
    private final ServerSocketChannel server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile String answer = "";

    private FakeEngine(ServerSocketChannel server) {
        this.server = server;
    }

    static FakeEngine start(Path socket) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        FakeEngine engine = new FakeEngine(server);
        Thread.ofPlatform().daemon().name("fake-engine").start(engine::serve);
        return engine;
    }

    void answer(int status, String body) {
        answer =
                "HTTP/1.1 " + status + " x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    List<String> requests() {
        return requests;
    }

    private void serve() {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocate(4096);
                client.read(buffer);
                String request =
                        new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
                requests.add(request.lines().findFirst().orElse(""));
                client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException e) {
                return; // Closed: the test is over.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
