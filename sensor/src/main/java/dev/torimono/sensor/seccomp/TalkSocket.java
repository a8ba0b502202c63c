// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.torimono.sensor.SensorException;
import dev.torimono.sensor.bpf.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The unix sockets over which launchers and keepers talk, and that carry fds. A negative result is
 * the error number. One thread; segments are reused.
 */
final class TalkSocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_FLAGS = 0x80800;
    private static final int SOL_SOCKET = 1;
    private static final int SO_PEERCRED = 17;
    private static final int SCM_RIGHTS = 1;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_CMSG_CLOEXEC = 0x40000000;
    private static final int ADDRESS_BYTES = 110;
    private static final int PATH_BYTES = 107;
    private static final int CONTROL_BYTES = 64;

    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();
    private static final NativeFunction SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final NativeFunction BIND = function("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final NativeFunction CONNECT = function("connect", JAVA_INT, ADDRESS, JAVA_INT);
    private static final NativeFunction LISTEN = function("listen", JAVA_INT, JAVA_INT);
    private static final NativeFunction ACCEPT =
            function("accept4", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    private static final NativeFunction GETSOCKOPT =
            function("getsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS);
    private static final NativeFunction RECVMSG =
            new NativeFunction(
                    C, "recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final NativeFunction SEND =
            new NativeFunction(
                    C,
                    "send",
                    FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);
    private final MemorySegment packet = arena.allocate(Talk.MOST_BYTES, 8);
    private final MemorySegment pieces = arena.allocate(16, 8);
    private final MemorySegment message = arena.allocate(56, 8);
    private final MemorySegment control = arena.allocate(CONTROL_BYTES, 8);
    private final MemorySegment small = arena.allocate(16, 8);
    private final MemorySegment size = arena.allocate(8, 8);
    private final SeccompCalls calls;

    TalkSocket(SeccompCalls calls) {
        this.calls = calls;
    }

    /** What came with a packet. */
    @SuppressWarnings("ArrayRecordComponent") // made for one reader, who keeps nothing
    record Received(byte[] bytes, int fd) {}

    private static NativeFunction function(
            String name, java.lang.foreign.MemoryLayout... arguments) {
        return new NativeFunction(C, name, FunctionDescriptor.of(JAVA_INT, arguments));
    }

    /** Whether somebody listens at a path. */
    boolean answers(String path) {
        MemorySegment address = address(path);
        try {
            int fd = socket();
            if (fd < 0) {
                return false;
            }
            int done =
                    result((int) CONNECT.handle().invokeExact(errno, fd, address, ADDRESS_BYTES));
            calls.close(fd);
            // Its queue is full: it listens all the same.
            return done == 0 || done == -SeccompCalls.EAGAIN;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** A socket that listens at a path; its folder must be there and the path free. */
    int listen(String path) {
        MemorySegment address = address(path);
        try {
            int fd = socket();
            if (fd < 0) {
                return fd;
            }
            int done = result((int) BIND.handle().invokeExact(errno, fd, address, ADDRESS_BYTES));
            if (done == 0) {
                done = result((int) LISTEN.handle().invokeExact(errno, fd, 128));
            }
            if (done < 0) {
                calls.close(fd);
                return done;
            }
            return fd;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private int socket() throws Throwable {
        return result(
                (int) SOCKET.handle().invokeExact(errno, AF_UNIX, SOCK_SEQPACKET | SOCK_FLAGS, 0));
    }

    private MemorySegment address(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > PATH_BYTES) {
            throw new SensorException(
                    SensorException.Reason.SECCOMP,
                    "socket: " + path + ": longer than " + PATH_BYTES + " bytes");
        }
        MemorySegment address = packet.asSlice(0, ADDRESS_BYTES).fill((byte) 0);
        address.set(JAVA_SHORT, 0, (short) AF_UNIX);
        MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
        return address;
    }

    /** The next connection; -EAGAIN when there is none. */
    int accept(int listening) {
        try {
            return result(
                    (int)
                            ACCEPT.handle()
                                    .invokeExact(
                                            errno,
                                            listening,
                                            MemorySegment.NULL,
                                            MemorySegment.NULL,
                                            SOCK_FLAGS));
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** The process at the other end, in our pid namespace; 0 when it is not in it. */
    int peer(int socket) {
        small.set(JAVA_INT, 0, 0);
        size.set(JAVA_INT, 0, 12);
        try {
            int done =
                    result(
                            (int)
                                    GETSOCKOPT
                                            .handle()
                                            .invokeExact(
                                                    errno,
                                                    socket,
                                                    SOL_SOCKET,
                                                    SO_PEERCRED,
                                                    small,
                                                    size));
            return done < 0 ? done : small.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** A packet, with the fd that came along or -1; null at the end or when there is none. */
    @Nullable Received receive(int socket, int[] why) {
        pieces.set(ADDRESS, 0, packet);
        pieces.set(JAVA_LONG, 8, packet.byteSize());
        message.fill((byte) 0);
        message.set(ADDRESS, 16, pieces);
        message.set(JAVA_LONG, 24, 1);
        message.set(ADDRESS, 32, control);
        message.set(JAVA_LONG, 40, CONTROL_BYTES);
        try {
            long n =
                    (long)
                            RECVMSG.handle()
                                    .invokeExact(
                                            errno,
                                            socket,
                                            message,
                                            MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
            why[0] = n < 0 ? NativeFunction.errno(errno) : 0;
            int fd = passed(message.get(JAVA_LONG, 40));
            if (n <= 0) {
                return null;
            }
            byte[] bytes = new byte[(int) n];
            MemorySegment.copy(packet, JAVA_BYTE, 0, bytes, 0, bytes.length);
            return new Received(bytes, fd);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** The first fd that was passed; others are closed, whoever sent them. */
    private int passed(long controlLength) {
        int first = -1;
        if (controlLength < 20
                || control.get(JAVA_INT, 8) != SOL_SOCKET
                || control.get(JAVA_INT, 12) != SCM_RIGHTS) {
            return first;
        }
        long length = Math.min(control.get(JAVA_LONG, 0), controlLength);
        for (long at = 16; at + 4 <= length; at += 4) {
            int fd = control.get(JAVA_INT, at);
            if (first < 0) {
                first = fd;
            } else {
                calls.close(fd);
            }
        }
        return first;
    }

    /** Sends a packet without waiting. */
    int send(int socket, byte[] bytes) {
        MemorySegment.copy(bytes, 0, packet, JAVA_BYTE, 0, bytes.length);
        try {
            long sent =
                    (long)
                            SEND.handle()
                                    .invokeExact(
                                            errno,
                                            socket,
                                            packet,
                                            (long) bytes.length,
                                            MSG_DONTWAIT | MSG_NOSIGNAL);
            return sent < 0 ? -NativeFunction.errno(errno) : 0;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private int result(int done) {
        return done < 0 ? -NativeFunction.errno(errno) : done;
    }
}
