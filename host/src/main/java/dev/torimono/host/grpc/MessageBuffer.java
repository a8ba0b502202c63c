// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the bytes of a stream and takes messages out of it: a flag, a length, the content. */
final class MessageBuffer {
    private static final int MOST_MESSAGE_BYTES = 16 * 1024 * 1024;
    private static final int PREFIX_BYTES = 5;
    private static final int SMALL = 64 * 1024;

    private byte[] bytes = new byte[SMALL];
    private int from;
    private int end;

    void clear() {
        from = 0;
        end = 0;
        bytes = bytes.length > SMALL ? new byte[SMALL] : bytes;
    }

    void add(byte[] data, int offset, int length) throws IOException {
        if (end + length > bytes.length) {
            int held = end - from;
            if (held + length > MOST_MESSAGE_BYTES + Frame.MOST_PAYLOAD_BYTES + PREFIX_BYTES) {
                throw new IOException("grpc: an answer is too large");
            }
            byte[] room =
                    held + length > bytes.length / 2
                            ? new byte[Math.max(held + length, bytes.length) * 2]
                            : bytes;
            System.arraycopy(bytes, from, room, 0, held);
            bytes = room;
            from = 0;
            end = held;
        }
        System.arraycopy(data, offset, bytes, end, length);
        end += length;
    }

    /** The first complete message, taken out; null when none is complete. */
    byte @Nullable [] take() throws IOException {
        if (end - from < PREFIX_BYTES) {
            return null;
        }
        int length = ByteBuffer.wrap(bytes).getInt(from + 1);
        if (bytes[from] != 0 || length < 0 || length > MOST_MESSAGE_BYTES) {
            throw new IOException("grpc: an answer that is compressed or too large");
        }
        int start = from + PREFIX_BYTES;
        if (end - start < length) {
            return null;
        }
        from = start + length;
        return Arrays.copyOfRange(bytes, start, from);
    }
}
