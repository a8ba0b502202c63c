// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import dev.torimono.host.unix.UnixConnection;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Frames of HTTP/2 over a unix socket, and what a connection owes the other side by itself. */
final class FrameChannel implements Closeable {
    private static final byte[] PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_TABLE_SIZE = 1;
    private static final int ENABLE_PUSH = 2;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int MAX_HEADER_LIST_SIZE = 6;
    private static final int WINDOW_BYTES = 1 << 20;

    /** What the protocol gives the whole connection before we add to it. */
    private static final int DEFAULT_WINDOW_BYTES = 65_535;

    private static final long SEND_TIMEOUT_MS = 5_000;

    private final UnixConnection connection;
    private final ByteBuffer in = ByteBuffer.allocate(64 * 1024).flip();

    private FrameChannel(UnixConnection connection) {
        this.connection = connection;
    }

    static FrameChannel open(Path socket) throws IOException {
        UnixConnection connection = UnixConnection.open(socket);
        try {
            FrameChannel channel = new FrameChannel(connection);
            connection.send(ByteBuffer.wrap(PREFACE), SEND_TIMEOUT_MS);
            ByteBuffer settings = ByteBuffer.allocate(24);
            setting(settings, HEADER_TABLE_SIZE, 0);
            setting(settings, ENABLE_PUSH, 0);
            setting(settings, INITIAL_WINDOW_SIZE, WINDOW_BYTES);
            setting(settings, MAX_HEADER_LIST_SIZE, Frame.MOST_PAYLOAD_BYTES);
            channel.send(new Frame(Frame.SETTINGS, 0, 0, settings.array()));
            channel.grant(0, WINDOW_BYTES - DEFAULT_WINDOW_BYTES);
            return channel;
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static void setting(ByteBuffer into, int name, int value) {
        into.putShort((short) name).putInt(value);
    }

    void send(Frame frame) throws IOException {
        byte[] payload = frame.payload();
        if (payload.length > Frame.MOST_PAYLOAD_BYTES) {
            throw new IOException("http2: a request of " + payload.length + " bytes is too large");
        }
        ByteBuffer out = ByteBuffer.allocate(Frame.HEADER_BYTES + payload.length);
        out.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        out.put((byte) frame.type()).put((byte) frame.flags()).putInt(frame.stream());
        out.put(payload).flip();
        connection.send(out, SEND_TIMEOUT_MS);
    }

    /** Allows the other side to send that many bytes more. */
    void grant(int stream, int bytes) throws IOException {
        byte[] payload = ByteBuffer.allocate(4).putInt(bytes).array();
        send(new Frame(Frame.WINDOW_UPDATE, 0, stream, payload));
    }

    /**
     * The next frame that concerns a call; null when none came in time or {@link #wake} was called.
     */
    @Nullable Frame next(long timeoutMs) throws IOException {
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        while (true) {
            Frame frame = buffered();
            if (frame != null) {
                if (!ofConnection(frame)) {
                    return frame;
                }
                continue;
            }
            long leftMs = (deadline - System.nanoTime()) / 1_000_000;
            in.compact();
            int n = connection.read(in, leftMs);
            in.flip();
            if (n < 0) {
                throw new IOException("http2: the other side ended the connection");
            }
            if (n == 0) {
                return null;
            }
        }
    }

    private @Nullable Frame buffered() throws IOException {
        if (in.remaining() < Frame.HEADER_BYTES) {
            return null;
        }
        int start = in.position();
        int length = ((in.get(start) & 0xFF) << 16) | (in.getShort(start + 1) & 0xFFFF);
        if (length > Frame.MOST_PAYLOAD_BYTES) {
            throw new IOException("http2: a frame of " + length + " bytes was not agreed on");
        }
        if (in.remaining() < Frame.HEADER_BYTES + length) {
            return null;
        }
        in.position(start + 3);
        int type = in.get() & 0xFF;
        int flags = in.get() & 0xFF;
        int stream = in.getInt() & Integer.MAX_VALUE;
        byte[] payload = new byte[length];
        in.get(payload);
        return new Frame(type, flags, stream, payload);
    }

    /** Answers what concerns the connection only. */
    private boolean ofConnection(Frame frame) throws IOException {
        switch (frame.type()) {
            case Frame.DATA, Frame.HEADERS, Frame.CONTINUATION, Frame.RST_STREAM -> {
                return false;
            }
            case Frame.SETTINGS -> {
                if (!frame.has(Frame.ACK)) {
                    send(new Frame(Frame.SETTINGS, Frame.ACK, 0, new byte[0]));
                }
            }
            case Frame.PING -> {
                if (!frame.has(Frame.ACK)) {
                    send(new Frame(Frame.PING, Frame.ACK, 0, frame.payload()));
                }
            }
            case Frame.GOAWAY -> throw new IOException("http2: the other side ends the connection");
            default -> {
                // Windows for what we send, which never fills one, priorities, the unknown.
            }
        }
        return true;
    }

    void wake() {
        connection.wake();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
