// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a gRPC server, for one call after the other. After any failure other than a
 * {@link GrpcException} it is to be closed. Used by one thread, but for {@link #wake}.
 */
public final class GrpcConnection implements Closeable {
    private static final int MOST_HEADER_BYTES = 64 * 1024;
    private static final int PREFIX_BYTES = 5;
    private static final String USER_AGENT = "torimono";

    private final FrameChannel channel;
    private final MessageBuffer data = new MessageBuffer();
    private int stream = -1;
    private String path = "";
    private boolean ended;
    private boolean answered;

    private GrpcConnection(FrameChannel channel) {
        this.channel = channel;
    }

    public static GrpcConnection open(Path socket) throws IOException {
        return new GrpcConnection(FrameChannel.open(socket));
    }

    /** Asks and waits for the one answer. */
    public byte[] call(String method, Map<String, String> metadata, byte[] request, long timeoutMs)
            throws IOException {
        begin(method, metadata, request);
        long deadline = System.nanoTime() + timeoutMs * 1_000_000;
        byte[] answer = null;
        while (!ended) {
            long leftMs = (deadline - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0) {
                throw new IOException(path + ": no answer in " + timeoutMs + " ms");
            }
            byte[] message = next(leftMs);
            answer = message == null ? answer : message;
        }
        if (answer == null) {
            throw new IOException(path + ": ended without an answer");
        }
        return answer;
    }

    /** Begins a call; its answers come by {@link #next}. */
    public void begin(String method, Map<String, String> metadata, byte[] request)
            throws IOException {
        path = method;
        stream += 2;
        ended = false;
        answered = false;
        data.clear();
        byte[] headers = headers(method, metadata);
        channel.send(new Frame(Frame.HEADERS, Frame.END_HEADERS, stream, headers));
        ByteBuffer body = ByteBuffer.allocate(PREFIX_BYTES + request.length);
        body.put((byte) 0).putInt(request.length).put(request);
        channel.send(new Frame(Frame.DATA, Frame.END_STREAM, stream, body.array()));
    }

    /**
     * The next answer; null when none came in time, {@link #wake} was called, or the call is {@link
     * #ended}.
     */
    public byte @Nullable [] next(long timeoutMs) throws IOException {
        byte[] waiting = data.take();
        while (waiting == null && !ended) {
            Frame frame = channel.next(timeoutMs);
            if (frame == null) {
                return null;
            }
            // What comes late for a stream that was reset is of no interest.
            if (frame.stream() == stream) {
                take(frame);
                waiting = data.take();
            }
        }
        return waiting;
    }

    /** Whether the present call is over. */
    public boolean ended() {
        return ended;
    }

    /** Ends a wait in {@link #next}; any thread. */
    public void wake() {
        channel.wake();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void take(Frame frame) throws IOException {
        switch (frame.type()) {
            case Frame.DATA -> {
                byte[] payload = frame.payload();
                int padding = padding(frame);
                int from = frame.has(Frame.PADDED) ? 1 : 0;
                data.add(payload, from, payload.length - from - padding);
                if (payload.length > 0) {
                    channel.grant(0, payload.length);
                    channel.grant(stream, payload.length);
                }
                if (frame.has(Frame.END_STREAM)) {
                    throw new IOException(path + ": ended without a status");
                }
            }
            case Frame.HEADERS -> headers(frame);
            case Frame.RST_STREAM -> throw new IOException(path + ": the other side gave it up");
            default -> throw new IOException("http2: frame " + frame.type() + " out of place");
        }
    }

    /** The first headers say that an answer follows, the last how it went; they may be one. */
    private void headers(Frame first) throws IOException {
        int from = (first.has(Frame.PADDED) ? 1 : 0) + (first.has(Frame.PRIORITY) ? 5 : 0);
        int length = first.payload().length - from - padding(first);
        if (length < 0) {
            throw new IOException("http2: headers are too short");
        }
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(first.payload(), from, length);
        for (Frame last = first; !last.has(Frame.END_HEADERS); ) {
            Frame more = channel.next(1_000);
            if (more == null || more.type() != Frame.CONTINUATION || more.stream() != stream) {
                throw new IOException("http2: headers are not continued");
            }
            block.writeBytes(more.payload());
            if (block.size() > MOST_HEADER_BYTES) {
                throw new IOException("http2: headers without end");
            }
            last = more;
        }
        Map<String, String> headers = HeaderDecoder.decode(block.toByteArray());
        String status = headers.getOrDefault(":status", "200");
        if (!answered && !status.equals("200")) {
            throw new IOException(path + ": http status " + status);
        }
        answered = true;
        if (first.has(Frame.END_STREAM)) {
            ended = true;
            String code = headers.getOrDefault("grpc-status", "2");
            if (!code.equals("0")) {
                String message = headers.getOrDefault("grpc-message", "");
                throw new GrpcException(path, number(code), message);
            }
        }
    }

    private static int number(String code) {
        return code.length() <= 4 && code.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Integer.parseInt(code)
                : 2;
    }

    private static int padding(Frame frame) throws IOException {
        if (!frame.has(Frame.PADDED)) {
            return 0;
        }
        byte[] payload = frame.payload();
        int padding = payload.length == 0 ? 0 : payload[0] & 0xFF;
        if (padding >= payload.length) {
            throw new IOException("http2: more padding than frame");
        }
        return padding;
    }

    private static byte[] headers(String method, Map<String, String> metadata) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x83); // :method: POST
        block.write(0x86); // :scheme: http
        block.write(0x04);
        text(block, method);
        block.write(0x01);
        text(block, "localhost");
        literal(block, "content-type", "application/grpc");
        literal(block, "te", "trailers");
        literal(block, "user-agent", USER_AGENT);
        metadata.forEach((name, value) -> literal(block, name, value));
        return block.toByteArray();
    }

    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    /** Shorter than 127 bytes, all of them: names and paths of ours. */
    private static void text(ByteArrayOutputStream block, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length >= 127) {
            throw new IllegalArgumentException("header too long: " + value);
        }
        block.write(bytes.length);
        block.writeBytes(bytes);
    }
}
