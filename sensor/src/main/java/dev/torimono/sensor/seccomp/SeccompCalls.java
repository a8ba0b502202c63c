// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.torimono.sensor.bpf.NativeFunction;
import dev.torimono.sensor.gate.CallerFacts;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.Set;

/**
 * The system calls around seccomp listeners and those who wait at them. A negative result is the
 * error number. One thread; segments are reused.
 */
final class SeccompCalls {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    private static final int EBADF = 9;

    static final int POLLIN = 1;
    static final int POLLERR = 8;
    static final int POLLHUP = 16;

    /** {@code struct seccomp_notif}: id, pid, flags, then seccomp_data. */
    static final int NOTIF_BYTES = 80;

    private static final long NOTIF_RECV = 0xC0502100L;
    private static final long NOTIF_SEND = 0xC0182101L;

    /** Since 5.17 the number of the call says that it writes; both are understood. */
    private static final long NOTIF_ID_VALID = 0x40082102L;

    private static final long NOTIF_SET_FLAGS = 0x40082104L;

    /** Caller and listener wake each other on one CPU (since 6.6). */
    private static final long SYNC_WAKE_UP = 1;

    private static final int RESP_BYTES = 24;
    private static final int SMALL_PATH_BYTES = 64;

    private static final int FLAG_CONTINUE = 1;

    /** {@code _LINUX_CAPABILITY_VERSION_3}: sets of 64. */
    private static final int CAPABILITY_VERSION = 0x20080522;

    private static final int AT_FDCWD = -100;

    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();
    private static final NativeFunction.Linked CLOSE = function("close", JAVA_INT);
    private static final NativeFunction.Linked POLL =
            function("poll", ADDRESS, JAVA_LONG, JAVA_INT);
    private static final NativeFunction.Linked IOCTL =
            new NativeFunction(
                            C,
                            "ioctl",
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                            Linker.Option.firstVariadicArg(2))
                    .linked();
    private static final NativeFunction.Linked SYSCALL =
            new NativeFunction(
                            C,
                            "syscall",
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                    JAVA_LONG, JAVA_LONG),
                            Linker.Option.firstVariadicArg(1))
                    .linked();
    private static final NativeFunction.Linked FSTATFS = function("fstatfs", JAVA_INT, ADDRESS);
    private static final NativeFunction.Linked STATX =
            new NativeFunction(
                            C,
                            "statx",
                            FunctionDescriptor.of(
                                    JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS))
                    .linked();

    private final long capget = Machine.arch() == NotifiedCall.ARCH_ARM64 ? 90 : 125;
    private final long kcmp = Machine.arch() == NotifiedCall.ARCH_ARM64 ? 272 : 312;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);
    private final MemorySegment notif = arena.allocate(NOTIF_BYTES, 8);
    private final MemorySegment resp = arena.allocate(RESP_BYTES, 8);
    private final MemorySegment id = arena.allocate(8, 8);
    private final MemorySegment name = arena.allocate(SMALL_PATH_BYTES);
    private final MemorySegment empty = arena.allocate(1);
    private final MemorySegment statx = arena.allocate(256, 8);
    private final MemorySegment whose = arena.allocate(8, 8);
    private final MemorySegment capabilities = arena.allocate(24, 8);

    private final Set<Newer> refused;

    SeccompCalls() {
        this(Set.of());
    }

    /**
     * As if the kernel were older.
     *
     * @param refused what it does not know
     */
    SeccompCalls(Set<Newer> refused) {
        this.refused = refused;
    }

    private static NativeFunction.Linked function(
            String name, java.lang.foreign.MemoryLayout... arguments) {
        return new NativeFunction(C, name, FunctionDescriptor.of(JAVA_INT, arguments)).linked();
    }

    /** Waits for any of {@code count} fds in an array of struct pollfd. */
    int poll(MemorySegment fds, int count, int timeoutMs) {
        try {
            return result((int) POLL.handle().invokeExact(errno, fds, (long) count, timeoutMs));
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /**
     * Has who waits and who answers woken on the CPU of the other, who goes to sleep: a fifth of
     * what it costs to wake another CPU. False where the kernel does not know it (before 6.6).
     */
    boolean wakeOnOneCpu(int listener) {
        return !refused.contains(Newer.WAKE_ON_ONE_CPU)
                && ioctl(listener, NOTIF_SET_FLAGS, MemorySegment.ofAddress(SYNC_WAKE_UP)) == 0;
    }

    /** Takes the next notification; 0, or an error: -ENOENT when its caller is gone already. */
    int take(int listener, Notification into) {
        notif.fill((byte) 0);
        int done = ioctl(listener, NOTIF_RECV, notif);
        if (done == 0) {
            into.set(notif);
        }
        return done;
    }

    /** Whether the caller still waits for this answer. */
    boolean waits(int listener, long notification) {
        id.set(JAVA_LONG, 0, notification);
        return ioctl(listener, NOTIF_ID_VALID, id) == 0;
    }

    /** Answers: lets the call happen, or fails it. */
    int answer(int listener, long notification, int error) {
        resp.set(JAVA_LONG, 0, notification);
        resp.set(JAVA_LONG, 8, 0);
        resp.set(JAVA_INT, 16, -error);
        resp.set(JAVA_INT, 20, error == 0 ? FLAG_CONTINUE : 0);
        return ioctl(listener, NOTIF_SEND, resp);
    }

    private int ioctl(int fd, long request, MemorySegment argument) {
        try {
            int done = (int) IOCTL.handle().invokeExact(errno, fd, request, argument);
            while (done < 0 && NativeFunction.errno(errno) == EINTR) {
                done = (int) IOCTL.handle().invokeExact(errno, fd, request, argument);
            }
            return result(done);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /**
     * Whether a task has an fd open, 1 or 0: compared with itself, which is cheaper than its link
     * in /proc. Negative where the kernel does not compare, or does not let us.
     */
    int hasFd(long tid, int fd) {
        if (refused.contains(Newer.COMPARE_FDS)) {
            return -1;
        }
        try {
            long same =
                    (long)
                            SYSCALL.handle()
                                    .invokeExact(errno, kcmp, tid, tid, 0L, (long) fd, (long) fd);
            return same >= 0 ? 1 : NativeFunction.errno(errno) == EBADF ? 0 : -1;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Whether a thread has the very capabilities that somebody else has. */
    boolean hasCapabilities(long tid, CallerFacts of) {
        whose.set(JAVA_INT, 0, CAPABILITY_VERSION);
        whose.set(JAVA_INT, 4, (int) tid);
        try {
            long done =
                    (long)
                            SYSCALL.handle()
                                    .invokeExact(
                                            errno,
                                            capget,
                                            whose.address(),
                                            capabilities.address(),
                                            0L,
                                            0L,
                                            0L);
            return done == 0
                    && capabilities(0) == of.capEffective()
                    && capabilities(4) == of.capPermitted()
                    && capabilities(8) == of.capInheritable();
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Each of the three sets comes in two halves, 12 bytes apart. */
    private long capabilities(int at) {
        return Integer.toUnsignedLong(capabilities.get(JAVA_INT, at))
                | (long) capabilities.get(JAVA_INT, at + 12) << 32;
    }

    /** What is known of an open file; null when nothing is. */
    @org.jspecify.annotations.Nullable
    MemorySegment statx(int fd) {
        try {
            int done =
                    (int)
                            STATX.handle()
                                    .invokeExact(errno, fd, empty, 0x1000, FileLook.WANTED, statx);
            return done == 0 ? statx : null;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** What is known of a file by its path, of our own making; null when nothing is. */
    @org.jspecify.annotations.Nullable
    MemorySegment statx(String path) {
        for (int i = 0; i < path.length(); i++) {
            name.set(JAVA_BYTE, i, (byte) path.charAt(i));
        }
        name.set(JAVA_BYTE, path.length(), (byte) 0);
        try {
            int done =
                    (int)
                            STATX.handle()
                                    .invokeExact(errno, AT_FDCWD, name, 0, FileLook.WANTED, statx);
            return done == 0 ? statx : null;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Magic number of the file system that an fd is on; 0 unknown. */
    long filesystem(int fd) {
        try {
            int done = (int) FSTATFS.handle().invokeExact(errno, fd, statx);
            return done == 0 ? statx.get(JAVA_LONG, 0) & 0xffffffffL : 0;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    void close(int fd) {
        try {
            int _ = (int) CLOSE.handle().invokeExact(errno, fd);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private int result(int done) {
        return done < 0 ? -NativeFunction.errno(errno) : done;
    }
}
