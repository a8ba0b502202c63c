// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.Errno;
import dev.torimono.sensor.bpf.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;

/**
 * One fanotify group for exec permission events. Its fd is this process's alone: when the process
 * ends, however it ends, the kernel lets everything pass.
 */
final class FanotifyGroup implements AutoCloseable {
    /** {@code struct fanotify_event_metadata}: u32 length, u8 version …, s32 fd at 16, s32 tid. */
    static final int EVENT_BYTES = 24;

    private static final int FD_OFFSET = 16;
    private static final int TID_OFFSET = 20;

    private static final int CLOEXEC = 0x1;
    private static final int NONBLOCK = 0x2;
    private static final int CLASS_CONTENT = 0x4;
    private static final int UNLIMITED_QUEUE = 0x10;
    private static final int UNLIMITED_MARKS = 0x20;

    /** Since 4.20; before, the pid of an event is the process's, not the thread's. */
    private static final int REPORT_TID = 0x100;

    private static final int INIT_FLAGS =
            CLOEXEC | NONBLOCK | CLASS_CONTENT | UNLIMITED_QUEUE | UNLIMITED_MARKS | REPORT_TID;

    /** O_RDONLY | O_LARGEFILE | O_CLOEXEC | O_NOATIME, for the fds of events. */
    private static final int EVENT_FD_FLAGS = 0x8000 | 0x80000 | 0x40000;

    private static final int MARK_ADD = 0x1;
    private static final int MARK_REMOVE = 0x2;
    private static final int MARK_MOUNT = 0x10;
    private static final int MARK_FILESYSTEM = 0x100;
    private static final int MARK_IGNORED_MASK = 0x20;
    private static final int MARK_FLUSH = 0x80;

    /** Since 5.19: the mark goes when the kernel drops the inode, which it may. */
    private static final int MARK_EVICTABLE = 0x200;

    private static final long OPEN_EXEC_PERM = 0x40000;
    private static final int AT_FDCWD = -100;
    private static final int ALLOW = 1;
    private static final int DENY = 2;

    /** Taken at once. */
    static final int BUFFER_EVENTS = 64;

    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();
    private static final NativeFunction INIT =
            new NativeFunction(
                    C, "fanotify_init", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final NativeFunction MARK =
            new NativeFunction(
                    C,
                    "fanotify_mark",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final NativeFunction READ =
            new NativeFunction(
                    C, "read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final NativeFunction WRITE =
            new NativeFunction(
                    C, "write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final NativeFunction CLOSE =
            new NativeFunction(C, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    /** Takes one event: who, and by which fd the file is reached and the answer given. */
    @FunctionalInterface
    interface Sink {
        void on(int fd, int tid);
    }

    private final Arena arena = Arena.ofShared();
    private final int fd;

    private FanotifyGroup(int fd) {
        this.fd = fd;
    }

    /**
     * A new group.
     *
     * @throws BpfException when the kernel refuses
     */
    static FanotifyGroup open() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            int fd = (int) INIT.handle().invokeExact(errno, INIT_FLAGS, EVENT_FD_FLAGS);
            if (fd < 0) {
                throw BpfException.of(
                        "fanotify_init", NativeFunction.errno(errno), "permission events");
            }
            return new FanotifyGroup(fd);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    int fd() {
        return fd;
    }

    /** Memory for {@link #read}, for one thread. */
    MemorySegment buffer() {
        return arena.allocate((long) EVENT_BYTES * BUFFER_EVENTS, 8);
    }

    /** Memory for {@link #answer}, for one thread. */
    MemorySegment response() {
        return arena.allocate(8, 4);
    }

    /** Memory for errno, for one thread. */
    MemorySegment errno() {
        return NativeFunction.errnoSegment(arena);
    }

    /** Asks for the execs of a whole file system or of one mount; empty, or what went wrong. */
    String mark(String path, boolean filesystem, boolean add) {
        return mark(
                path,
                (filesystem ? MARK_FILESYSTEM : MARK_MOUNT) | (add ? MARK_ADD : MARK_REMOVE),
                OPEN_EXEC_PERM);
    }

    /**
     * Asks for the execs of one file no more, until it is written to; empty, or what went wrong.
     * That no write escapes is not relied on: one through a mapping does.
     */
    String ignore(String path) {
        String error = mark(path, MARK_ADD | MARK_IGNORED_MASK | MARK_EVICTABLE, OPEN_EXEC_PERM);
        return error.equals("EINVAL")
                ? mark(path, MARK_ADD | MARK_IGNORED_MASK, OPEN_EXEC_PERM)
                : error;
    }

    /** Asks for the execs of one file again. */
    void heed(String path) {
        mark(path, MARK_REMOVE | MARK_IGNORED_MASK, OPEN_EXEC_PERM);
    }

    /** Asks for the execs of every file again: only those that are not asked about have a mark. */
    void heedAll() {
        mark("/", MARK_FLUSH, 0);
    }

    private String mark(String path, int flags, long mask) {
        try (Arena temporary = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(temporary);
            int result =
                    (int)
                            MARK.handle()
                                    .invokeExact(
                                            errno,
                                            fd,
                                            flags,
                                            mask,
                                            AT_FDCWD,
                                            temporary.allocateFrom(path));
            return result == 0 ? "" : Errno.of(NativeFunction.errno(errno)).name();
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Hands over what is there without waiting; returns how many. */
    int read(MemorySegment errno, MemorySegment buffer, Sink sink) {
        long length;
        try {
            length = (long) READ.handle().invokeExact(errno, fd, buffer, buffer.byteSize());
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
        int count = 0;
        for (long at = 0; at + EVENT_BYTES <= length; at += buffer.get(JAVA_INT, at)) {
            int file = buffer.get(JAVA_INT, at + FD_OFFSET);
            // Negative: the queue overflowed, which an unlimited one does not.
            if (file >= 0) {
                sink.on(file, buffer.get(JAVA_INT, at + TID_OFFSET));
                count++;
            }
        }
        return count;
    }

    /** Answers for a file; false when the kernel waits for no answer any more. */
    boolean answer(MemorySegment errno, MemorySegment response, int file, boolean allow) {
        response.set(JAVA_INT, 0, file);
        response.set(JAVA_INT, 4, allow ? ALLOW : DENY);
        try {
            return (long) WRITE.handle().invokeExact(errno, fd, response, 8L) == 8;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Closes the fd of an event. */
    void release(MemorySegment errno, int file) {
        try {
            int _ = (int) CLOSE.handle().invokeExact(errno, file);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Ends the group: whatever is held passes. */
    @Override
    public void close() {
        try (Arena temporary = Arena.ofConfined()) {
            release(NativeFunction.errnoSegment(temporary), fd);
        }
    }
}
