// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sleeps until one fd is readable, for less than a millisecond if need be. One thread. */
public final class FdWaiter implements AutoCloseable {
    private static final short POLLIN = 1;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);

    /** {@code struct pollfd}: s32 fd, s16 events, s16 revents. */
    private final MemorySegment poll = arena.allocate(8, 4);

    private final MemorySegment timeout = arena.allocate(16, 8);

    /** None yet: poll passes over a negative one. */
    private volatile int fd = -1;

    /** Waits for this fd from now on. Any thread. */
    public void use(int readable) {
        fd = readable;
    }

    /** Returns when it is readable or after the timeout, which is less than a second. */
    public void await(long timeoutNs) {
        poll.set(JAVA_INT, 0, fd);
        poll.set(JAVA_SHORT, 4, POLLIN);
        timeout.set(JAVA_LONG, 0, 0);
        timeout.set(JAVA_LONG, 8, timeoutNs);
        Libc.ppoll(errno, poll, timeout);
    }

    @Override
    public void close() {
        arena.close();
    }
}
