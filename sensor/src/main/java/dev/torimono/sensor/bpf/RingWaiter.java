// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sleeps until a producer wakes the reader of one of several rings. One thread. */
public final class RingWaiter implements AutoCloseable {

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);
    private final MemorySegment event = arena.allocate(Libc.EPOLL_EVENT_BYTES, 8);
    private final int epoll;

    public RingWaiter(RingBuffer... rings) {
        int[] fds = new int[rings.length];
        for (int i = 0; i < rings.length; i++) {
            fds[i] = rings[i].fd();
        }
        epoll = Libc.epoll(fds);
    }

    /** Waits for one more fd from now on. Any thread. */
    public void add(int fd) {
        Libc.epollAdd(epoll, fd);
    }

    /** Returns when woken or after the timeout. */
    public void await(int timeoutMs) {
        Libc.epollWait(errno, epoll, event, timeoutMs);
    }

    @Override
    public void close() {
        Libc.close(epoll);
        arena.close();
    }
}
