// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.torimono.sensor.bpf.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/** Reads the memory of another process. One thread; segments are reused. */
final class MemoryCalls {
    /** Read at once. */
    static final int MOST_PLACES = 64;

    private static final NativeFunction.Linked READV =
            new NativeFunction(
                            Linker.nativeLinker().defaultLookup(),
                            "process_vm_readv",
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG,
                                    JAVA_LONG))
                    .linked();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);
    private final MemorySegment pieces = arena.allocate(16L * MOST_PLACES, 8);
    private final MemorySegment remote = arena.allocate(16L * MOST_PLACES, 8);
    private final MemorySegment memory = arena.allocate(TaskMemory.MOST_BYTES, 8);

    /** Reads another process's memory; the number of bytes, 0 when nothing can be read. */
    int read(long tid, long address, byte[] to, int most) {
        pieces.set(ADDRESS, 0, memory);
        pieces.set(JAVA_LONG, 8, Math.min(most, memory.byteSize()));
        remote.set(JAVA_LONG, 0, address);
        remote.set(JAVA_LONG, 8, Math.min(most, memory.byteSize()));
        try {
            long n =
                    (long) READV.handle().invokeExact(errno, (int) tid, pieces, 1L, remote, 1L, 0L);
            if (n <= 0) {
                return n < 0 ? -NativeFunction.errno(errno) : 0;
            }
            MemorySegment.copy(memory, JAVA_BYTE, 0, to, 0, (int) n);
            return (int) n;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /**
     * Reads from many places of another process's memory at once, each into a window of its own.
     *
     * @param lengths at most {@code window} each
     * @return how many of them, from the first on, were read whole
     */
    int readMany(long tid, long[] from, int[] lengths, int count, int window, byte[] to) {
        int most = Math.min(count, MOST_PLACES);
        for (int i = 0; i < most; i++) {
            long at = 16L * i;
            pieces.set(JAVA_LONG, at, memory.address() + (long) window * i);
            pieces.set(JAVA_LONG, at + 8, lengths[i]);
            remote.set(JAVA_LONG, at, from[i]);
            remote.set(JAVA_LONG, at + 8, lengths[i]);
        }
        try {
            long n =
                    (long)
                            READV.handle()
                                    .invokeExact(
                                            errno,
                                            (int) tid,
                                            pieces,
                                            (long) most,
                                            remote,
                                            (long) most,
                                            0L);
            int whole = 0;
            // The kernel does not split a piece.
            while (whole < most && n >= lengths[whole]) {
                n -= lengths[whole++];
            }
            MemorySegment.copy(memory, JAVA_BYTE, 0, to, 0, whole * window);
            return whole;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }
}
