// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The consumer's side of a BPF ring buffer, read in place: no call, no copy. One thread.
 *
 * <pre>
 * fd offset 0      1 page    consumer position            read, write
 *           1 page 1 page    producer position            read only
 *           2 page 2 * size  data, mapped twice in a row  read only
 *
 * record := u32 length | BUSY | DISCARD, u32 page offset, payload, padded to 8
 * </pre>
 *
 * Positions count bytes and never wrap; because the data is mapped twice, no record wraps either.
 */
public final class RingBuffer implements AutoCloseable {
    /** What lies at the reader's position. */
    public enum State {
        /** Nothing up to the limit. */
        EMPTY,
        /** Reserved by a program that has not finished writing. */
        BUSY,
        READY
    }

    private static final long PAGE = 4096;
    private static final int HEADER_BYTES = 8;
    private static final int BUSY_BIT = 1 << 31;
    private static final int DISCARD_BIT = 1 << 30;
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private final int fd;
    private final long mask;
    private final MemorySegment consumer;
    private final MemorySegment producer;
    private final MemorySegment data;
    private final MemorySegment readable;
    private long position;
    private long payload;
    private int length;

    /** Maps the ring of that size in bytes, a power of two. */
    public RingBuffer(BpfMap map, int size) {
        fd = map.fd();
        mask = size - 1L;
        consumer = Libc.mmap(fd, 0, PAGE, Libc.PROT_READ | Libc.PROT_WRITE);
        readable = Libc.mmap(fd, PAGE, PAGE + 2L * size, Libc.PROT_READ);
        producer = readable.asSlice(0, PAGE);
        data = readable.asSlice(PAGE, 2L * size);
        position = (long) LONG.getAcquire(consumer, 0L);
    }

    int fd() {
        return fd;
    }

    /** Where the producers are now. */
    public long produced() {
        return (long) LONG.getAcquire(producer, 0L);
    }

    /** Where this reader is. */
    public long position() {
        return position;
    }

    /** Looks at the next record before a limit; discarded ones are passed over. */
    public State peek(long limit) {
        while (position < limit) {
            long at = position & mask;
            int header = (int) INT.getAcquire(data, at);
            if ((header & BUSY_BIT) != 0) {
                return State.BUSY;
            }
            length = header & ~DISCARD_BIT;
            payload = at + HEADER_BYTES;
            if ((header & DISCARD_BIT) == 0) {
                return State.READY;
            }
            next();
        }
        return State.EMPTY;
    }

    /** The memory in which {@link #payload()} is an offset. */
    public MemorySegment data() {
        return data;
    }

    /** Offset of the record found by {@link #peek}. */
    public long payload() {
        return payload;
    }

    /** Length of the record found by {@link #peek}. */
    public int length() {
        return length;
    }

    /** Passes over the record found by {@link #peek}; its memory stays valid until release. */
    public void next() {
        position += (HEADER_BYTES + length + 7L) & ~7L;
    }

    /** Gives everything before the reader's position back to the producers. */
    public void release() {
        LONG.setRelease(consumer, 0L, position);
    }

    @Override
    public void close() {
        Libc.munmap(consumer);
        Libc.munmap(readable);
    }
}
