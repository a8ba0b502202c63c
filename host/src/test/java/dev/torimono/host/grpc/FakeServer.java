// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A gRPC server by hand. For each call it sends what it is given: whole frames, or whatever a
 * hostile server might send.
 */
public final class FakeServer implements Closeable {
    /** What a server sends back. */
    @FunctionalInterface
    public interface Answers {
        /** Bytes for a call: its stream, its headers as text, its message. */
        byte[] to(int stream, String headers, byte[] request);
    }

    private final ServerSocketChannel server;
    private final Answers answers;
    private final List<Integer> types = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();

    /**
     * @param answers what is sent back for each call
     */
    public FakeServer(Path socket, Answers answers) throws IOException {
        this.answers = answers;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().name("fake-server").start(this::accept);
    }

    /** Types of the frames that came. */
    List<Integer> types() {
        return types;
    }

    /** What was called; texts of header blocks. */
    public List<String> paths() {
        return paths;
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().name("fake-call").start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client) {
            read(client, 24);
            client.write(ByteBuffer.wrap(frame(Frame.SETTINGS, 0, 0, new byte[0])));
            String path = "";
            while (true) {
                ByteBuffer head = ByteBuffer.wrap(read(client, Frame.HEADER_BYTES));
                int length = ((head.get(0) & 0xFF) << 16) | (head.getShort(1) & 0xFFFF);
                byte[] payload = read(client, length);
                types.add((int) head.get(3));
                if (head.get(3) == Frame.HEADERS) {
                    path = new String(payload, StandardCharsets.ISO_8859_1);
                    paths.add(path);
                } else if (head.get(3) == Frame.DATA) {
                    byte[] request = Arrays.copyOfRange(payload, 5, payload.length);
                    byte[] answer = answers.to(head.getInt(5), path, request);
                    client.write(ByteBuffer.wrap(answer));
                }
            }
        } catch (IOException ended) {
            // The client went away, which ends its thread here.
        }
    }

    private static byte[] read(SocketChannel from, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (from.read(into) < 0) {
                throw new IOException("ended");
            }
        }
        return into.array();
    }

    static byte[] frame(int type, int flags, int stream, byte[] payload) {
        ByteBuffer out = ByteBuffer.allocate(Frame.HEADER_BYTES + payload.length);
        out.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        out.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        return out.array();
    }

    static byte[] message(byte[] content) {
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) 0)
                .putInt(content.length)
                .put(content)
                .array();
    }

    /** Headers, one message, and status 0, as a good server answers. */
    public static byte[] answer(int stream, byte[] content) {
        return join(
                frame(Frame.HEADERS, Frame.END_HEADERS, stream, new byte[] {(byte) 0x88}),
                frame(Frame.DATA, 0, stream, message(content)),
                trailers(stream, 0));
    }

    /** Only a status. */
    public static byte[] refusal(int stream, int status) {
        return trailers(stream, status);
    }

    static byte[] trailers(int stream, int status) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0);
        block.write(11);
        block.writeBytes("grpc-status".getBytes(StandardCharsets.US_ASCII));
        String code = Integer.toString(status);
        block.write(code.length());
        block.writeBytes(code.getBytes(StandardCharsets.US_ASCII));
        int flags = Frame.END_HEADERS | Frame.END_STREAM;
        return frame(Frame.HEADERS, flags, stream, block.toByteArray());
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
