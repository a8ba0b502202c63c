// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Takes in what a request brings: no more than its route bears, and not drop by drop for ever. */
final class RequestBody {
    static final int TIMEOUT = 408;

    private static final int MAX_DRAIN_BYTES = 64 << 10;
    private static final int CHUNK_BYTES = 16 << 10;
    private static final long PATIENCE_SECONDS = 20;
    private static final long MIN_BYTES_PER_SECOND = 1000;

    /** Others wait for the room that a large one takes. */
    private static final long MIN_LARGE_BYTES_PER_SECOND = 32_000;

    private RequestBody() {}

    /**
     * The whole of it.
     *
     * @throws ApiException when it is too large or comes too slowly
     * @throws IOException when it ends early
     */
    static byte[] read(Request request, Route route) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            boolean large = BodyRoom.isLarge(request.getLength(), route.maxBytes());
            // A large one has its room already; the others could be promised and never come.
            int most = large ? route.maxBytes() : CHUNK_BYTES;
            Taken taken = new Taken(Math.clamp(request.getLength(), 0, most));
            byte[] chunk = new byte[CHUNK_BYTES];
            long least = large ? MIN_LARGE_BYTES_PER_SECOND : MIN_BYTES_PER_SECOND;
            long beganNs = System.nanoTime();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                taken.write(chunk, 0, read);
                if (taken.size() > route.maxBytes()) {
                    throw tooLarge(route);
                }
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNs);
                if (seconds > PATIENCE_SECONDS && taken.size() / seconds < least) {
                    // Drop by drop it could hold the connection for ever.
                    throw new ApiException(TIMEOUT, "timeout", "the body comes too slowly");
                }
            }
            return taken.bytes();
        }
    }

    /** Hands out what it took without a copy when that is as long as announced. */
    private static final class Taken extends ByteArrayOutputStream {
        Taken(int announced) {
            super(announced);
        }

        byte[] bytes() {
            return count == buf.length ? buf : toByteArray();
        }
    }

    /** Whether nothing of it is left; reads a little for that, but no more than a little. */
    static boolean drained(Request request) {
        if (request.consumeAvailable()) {
            return true;
        }
        if (request.getLength() < 0 || request.getLength() > MAX_DRAIN_BYTES) {
            return false;
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            in.readNBytes(MAX_DRAIN_BYTES);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    static ApiException tooLarge(Route route) {
        return new ApiException(
                ApiException.TOO_LARGE,
                "too_large",
                "the body may have " + route.maxBytes() + " bytes");
    }
}
