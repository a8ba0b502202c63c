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
import java.lang.foreign.SymbolLookup;

/**
 * What another task has open, as if it were ours (pidfd_getfd, since 5.6): looked at while its
 * owner waits, and let go at once. For its own entries in /proc the kernel would have to make them
 * first. One thread.
 */
final class BorrowedFd {
    private static final long PIDFD_OPEN = 434;
    private static final long PIDFD_GETFD = 438;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PROTOCOL = 38;
    private static final int ADDRESS_BYTES = 128;

    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();
    private static final NativeFunction.Linked SYSCALL =
            new NativeFunction(
                            C,
                            "syscall",
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                            Linker.Option.firstVariadicArg(1))
                    .linked();
    private static final NativeFunction.Linked GETSOCKNAME = name("getsockname");
    private static final NativeFunction.Linked GETPEERNAME = name("getpeername");
    private static final NativeFunction.Linked GETSOCKOPT =
            new NativeFunction(
                            C,
                            "getsockopt",
                            FunctionDescriptor.of(
                                    JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS))
                    .linked();

    private final SeccompCalls calls;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);
    private final MemorySegment address = arena.allocate(ADDRESS_BYTES, 8);
    private final MemorySegment length = arena.allocate(8, 8);

    BorrowedFd(SeccompCalls calls) {
        this.calls = calls;
    }

    /**
     * A socket's two ends, as {@code struct sockaddr} has them.
     *
     * @param own empty when it has none
     * @param peer empty when it is not connected
     * @param protocol {@code IPPROTO_}; 0 unknown
     */
    @SuppressWarnings("ArrayRecordComponent") // made for one reader, who keeps nothing
    record Ends(byte[] own, byte[] peer, int protocol) {
        static final Ends UNKNOWN = new Ends(new byte[0], new byte[0], 0);
    }

    /**
     * An fd of ours for one of a caller's, to be closed; else the negative error: -EBADF when the
     * caller has no such fd.
     */
    int take(Caught of, int fd) {
        // Nearly all threads are the first of their process; of others it must be found.
        long process = syscall(PIDFD_OPEN, of.tid(), 0, 0);
        if (process < 0) {
            process = syscall(PIDFD_OPEN, of.who().pid(), 0, 0);
        }
        if (process < 0) {
            return -NativeFunction.errno(errno);
        }
        long ours = syscall(PIDFD_GETFD, process, fd, 0);
        int error = NativeFunction.errno(errno);
        calls.close((int) process);
        return ours < 0 ? -error : (int) ours;
    }

    /** Of a socket; unknown where it is none. */
    Ends ends(int socket) {
        return new Ends(ask(GETSOCKNAME, socket), ask(GETPEERNAME, socket), protocol(socket));
    }

    /** By which protocol a caller's socket speaks; 0 unknown. */
    int protocol(Caught of, int fd) {
        int socket = take(of, fd);
        if (socket < 0) {
            return 0;
        }
        try {
            return protocol(socket);
        } finally {
            calls.close(socket);
        }
    }

    private byte[] ask(NativeFunction.Linked which, int socket) {
        length.set(JAVA_INT, 0, ADDRESS_BYTES);
        try {
            int done = (int) which.handle().invokeExact(errno, socket, address, length);
            int given = Math.min(length.get(JAVA_INT, 0), ADDRESS_BYTES);
            byte[] bytes = new byte[done < 0 ? 0 : Math.max(given, 0)];
            MemorySegment.copy(address, JAVA_BYTE, 0, bytes, 0, bytes.length);
            return bytes;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private int protocol(int socket) {
        length.set(JAVA_INT, 0, Integer.BYTES);
        address.set(JAVA_INT, 0, 0);
        try {
            int done =
                    (int)
                            GETSOCKOPT
                                    .handle()
                                    .invokeExact(
                                            errno,
                                            socket,
                                            SOL_SOCKET,
                                            SO_PROTOCOL,
                                            address,
                                            length);
            return done < 0 ? 0 : address.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private long syscall(long number, long a, long b, long c) {
        try {
            return (long) SYSCALL.handle().invokeExact(errno, number, a, b, c);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private static NativeFunction.Linked name(String function) {
        return new NativeFunction(
                        C, function, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS))
                .linked();
    }
}
