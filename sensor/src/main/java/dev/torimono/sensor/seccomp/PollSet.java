// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** What is waited for at once: an array of {@code struct pollfd}. One thread. */
final class PollSet {
    private static final int BYTES = 8;

    private final SeccompCalls calls;
    private final MemorySegment fds;
    private final MemorySegment one = Arena.ofShared().allocate(BYTES, 8);
    private int count;

    PollSet(SeccompCalls calls, int most) {
        this.calls = calls;
        fds = Arena.ofShared().allocate((long) most * BYTES, 8);
    }

    /** Waits for nothing any more. */
    void clear() {
        count = 0;
    }

    /** Adds one; the kernel passes over fds that are negative. */
    void add(int fd) {
        set(fds, (long) count++ * BYTES, fd);
    }

    private static void set(MemorySegment of, long at, int fd) {
        of.set(JAVA_INT, at, fd);
        of.set(JAVA_SHORT, at + 4, (short) SeccompCalls.POLLIN);
        of.set(JAVA_SHORT, at + 6, (short) 0);
    }

    /** How many have something to say, or an error. */
    int await(int timeoutMs) {
        return calls.poll(fds, count, timeoutMs);
    }

    /** What was said of one, by the order in which they were added. */
    int events(int index) {
        return fds.get(JAVA_SHORT, (long) index * BYTES + 6);
    }

    /** What is to be said of one now. */
    int now(int fd) {
        set(one, 0, fd);
        return calls.poll(one, 1, 0) > 0 ? one.get(JAVA_SHORT, 6) : 0;
    }
}
