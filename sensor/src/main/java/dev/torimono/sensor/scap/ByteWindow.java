// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A window that slides over a stream, so that blocks can be read in place however long the capture
 * is. It grows only as far as bytes really arrive: a length that lies costs nothing. Reading is
 * preferred to mapping because a mapped file that shrinks under us would end the process.
 */
final class ByteWindow implements AutoCloseable {
    /** Longest block accepted; upstream's writers stay far below. */
    static final int MAX_BYTES = 64 << 20;

    private static final int START_BYTES = 1 << 20;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;

    private final String file;
    private final InputStream stream;
    private byte[] bytes = new byte[START_BYTES];
    private MemorySegment segment = MemorySegment.ofArray(bytes);
    private int position;
    private int limit;
    private long passed;
    private boolean ended;

    ByteWindow(String file, InputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /** The memory that positions refer to; may change with each {@link #have}. */
    MemorySegment segment() {
        return segment;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Where reading stands, in {@link #segment()}. */
    int position() {
        return position;
    }

    /** Where reading stands, in the uncompressed capture. */
    long offset() {
        return passed + position;
    }

    /**
     * Brings up to {@code wanted} bytes after the position into memory; returns how many there are.
     */
    int have(int wanted) {
        while (limit - position < wanted && !ended) {
            makeRoom(wanted);
            fill();
        }
        return Math.min(limit - position, wanted);
    }

    int u32(int ahead) {
        return segment.get(U32, position + ahead);
    }

    /** Moves over bytes that {@link #have} brought in. */
    void advance(int count) {
        position += count;
    }

    ScapException fault(String why) {
        return new ScapException(file, offset(), why);
    }

    ScapException faultAt(int at, String why) {
        return new ScapException(file, passed + at, why);
    }

    private void makeRoom(int wanted) {
        if (limit < bytes.length) {
            return;
        }
        if (position > 0) {
            System.arraycopy(bytes, position, bytes, 0, limit - position);
            passed += position;
            limit -= position;
            position = 0;
        } else {
            byte[] larger =
                    new byte[(int) Math.min(2L * bytes.length, Math.max(wanted, bytes.length + 1))];
            System.arraycopy(bytes, 0, larger, 0, limit);
            bytes = larger;
            segment = MemorySegment.ofArray(bytes);
        }
    }

    private void fill() {
        try {
            int read = stream.read(bytes, limit, bytes.length - limit);
            if (read < 0) {
                ended = true;
            } else {
                limit += read;
            }
        } catch (IOException e) {
            throw new ScapException(file, passed + limit, "cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw new ScapException(file, offset(), "cannot be closed: " + e.getMessage(), e);
        }
    }
}
