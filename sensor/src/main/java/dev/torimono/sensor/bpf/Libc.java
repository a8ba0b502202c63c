// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.time.Instant;

/** The few functions of the C library that are needed, one method each. */
@SuppressWarnings("restricted")
public final class Libc {
    public static final int CLOCK_REALTIME = 0;
    public static final int CLOCK_BOOTTIME = 7;

    static final int PROT_READ = 1;
    static final int PROT_WRITE = 2;
    private static final int MAP_SHARED = 1;
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLLIN = 1;

    /** 12 bytes on x86-64, which packs them, 16 elsewhere. */
    static final int EPOLL_EVENT_BYTES = 16;

    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();

    private static final NativeFunction MMAP =
            function(
                    "mmap",
                    FunctionDescriptor.of(
                            ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final NativeFunction MUNMAP =
            function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final NativeFunction CLOSE =
            function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final NativeFunction EPOLL_CREATE =
            function("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final NativeFunction EPOLL_CTL =
            function(
                    "epoll_ctl",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final NativeFunction EPOLL_WAIT =
            function(
                    "epoll_wait",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final NativeFunction PPOLL =
            function(
                    "ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final NativeFunction CLOCK_GETTIME =
            function("clock_gettime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final NativeFunction PRCTL =
            function("prctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final NativeFunction VSNPRINTF =
            function(
                    "vsnprintf",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

    private Libc() {}

    private static NativeFunction function(String name, FunctionDescriptor descriptor) {
        return new NativeFunction(C, name, descriptor);
    }

    /**
     * Now, ns since the epoch: CLOCK_REALTIME as the JDK reads it, which is quicker than a call of
     * ours.
     */
    public static long realtimeNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }

    /** prctl(2) of an option that takes nothing; whether it fails does not matter. */
    public static void prctl(int option) {
        try (Arena arena = Arena.ofConfined()) {
            int ignored =
                    (int)
                            PRCTL.handle()
                                    .invokeExact(NativeFunction.errnoSegment(arena), option, 0L);
            assert ignored <= 0 : "prctl " + option + " gave " + ignored;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Maps an fd shared; the segment has that length and lives until {@link #munmap}. */
    static MemorySegment mmap(int fd, long offset, long length, int protection) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            MemorySegment mapped =
                    (MemorySegment)
                            MMAP.handle()
                                    .invokeExact(
                                            errno,
                                            MemorySegment.NULL,
                                            length,
                                            protection,
                                            MAP_SHARED,
                                            fd,
                                            offset);
            if (mapped.address() == -1) {
                throw BpfException.of("mmap", NativeFunction.errno(errno), length + " bytes");
            }
            return mapped.reinterpret(length);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static void munmap(MemorySegment mapped) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            int result = (int) MUNMAP.handle().invokeExact(errno, mapped, mapped.byteSize());
            if (result != 0) {
                throw BpfException.of("munmap", NativeFunction.errno(errno), "ring or map memory");
            }
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            int result = (int) CLOSE.handle().invokeExact(errno, fd);
            if (result != 0) {
                throw BpfException.of("close", NativeFunction.errno(errno), "fd " + fd);
            }
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** An epoll instance that reports when one of the fds is readable. */
    static int epoll(int... fds) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            int epoll = (int) EPOLL_CREATE.handle().invokeExact(errno, EPOLL_CLOEXEC);
            if (epoll < 0) {
                throw BpfException.of("epoll_create1", NativeFunction.errno(errno), "no fd");
            }
            for (int fd : fds) {
                epollAdd(epoll, fd);
            }
            return epoll;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Has an epoll instance report one more fd. */
    static void epollAdd(int epoll, int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            MemorySegment event = arena.allocate(EPOLL_EVENT_BYTES, 8);
            event.set(JAVA_INT, 0, EPOLLIN);
            int result =
                    (int) EPOLL_CTL.handle().invokeExact(errno, epoll, EPOLL_CTL_ADD, fd, event);
            if (result != 0) {
                throw BpfException.of("epoll_ctl", NativeFunction.errno(errno), "fd " + fd);
            }
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Waits; the segments are the caller's, so that nothing is allocated. */
    static void epollWait(MemorySegment errno, int epoll, MemorySegment events, int timeoutMs) {
        try {
            int result = (int) EPOLL_WAIT.handle().invokeExact(errno, epoll, events, 1, timeoutMs);
            if (result < 0 && NativeFunction.errno(errno) != Errno.EINTR.code()) {
                throw BpfException.of("epoll_wait", NativeFunction.errno(errno), "fd " + epoll);
            }
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Waits for one fd; the segments are the caller's. */
    static void ppoll(MemorySegment errno, MemorySegment poll, MemorySegment timeout) {
        try {
            int result =
                    (int) PPOLL.handle().invokeExact(errno, poll, 1L, timeout, MemorySegment.NULL);
            if (result < 0 && NativeFunction.errno(errno) != Errno.EINTR.code()) {
                throw BpfException.of("ppoll", NativeFunction.errno(errno), "one fd");
            }
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** The time of a clock in ns. */
    public static long clockNs(int clock) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            MemorySegment time = arena.allocate(16, 8);
            int result = (int) CLOCK_GETTIME.handle().invokeExact(errno, clock, time);
            if (result != 0) {
                throw BpfException.of("clock_gettime", NativeFunction.errno(errno), "clock");
            }
            return time.get(JAVA_LONG, 0) * 1_000_000_000L + time.get(JAVA_LONG, 8);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Formats what a print callback was given; {@code arguments} is its va_list. */
    static String format(MemorySegment format, MemorySegment arguments, int maxBytes) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            MemorySegment text = arena.allocate(maxBytes);
            int length =
                    (int)
                            VSNPRINTF
                                    .handle()
                                    .invokeExact(errno, text, (long) maxBytes, format, arguments);
            return length < 0 ? "" : text.getString(0);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }
}
