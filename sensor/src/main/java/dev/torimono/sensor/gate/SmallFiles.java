// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.torimono.model.Text;
import dev.torimono.sensor.bpf.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.charset.StandardCharsets;

/**
 * Reads small files of /proc with as few calls as there can be, into memory of its own. One thread;
 * what was read is valid until the next call.
 */
public final class SmallFiles {
    public static final int CAPACITY = 16_384;

    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_NOCTTY = 0x100;
    public static final int O_NONBLOCK = 0x800;
    public static final int O_PATH = 0x200000;
    public static final int O_CLOEXEC = 0x80000;

    private static final int PATH_BYTES = 4096;
    private static final int PAGE = 4096;
    private static final SymbolLookup C = Linker.nativeLinker().defaultLookup();
    private static final NativeFunction.Linked OPEN =
            new NativeFunction(
                            C,
                            "open",
                            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
                            Linker.Option.firstVariadicArg(2))
                    .linked();
    private static final NativeFunction.Linked PREAD =
            new NativeFunction(
                            C,
                            "pread",
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG))
                    .linked();
    private static final NativeFunction.Linked WRITE =
            new NativeFunction(
                            C,
                            "write",
                            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG))
                    .linked();
    private static final NativeFunction.Linked READLINK =
            new NativeFunction(
                            C,
                            "readlink",
                            FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG))
                    .linked();
    private static final NativeFunction.Linked READLINKAT =
            new NativeFunction(
                            C,
                            "readlinkat",
                            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG))
                    .linked();
    private static final NativeFunction.Linked SYSCALL =
            new NativeFunction(
                            C,
                            "syscall",
                            FunctionDescriptor.of(
                                    JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
                            Linker.Option.firstVariadicArg(1))
                    .linked();

    /** Since 5.6; C libraries of 2022 have no name for it. */
    private static final long OPENAT2 = 437;

    private static final int HOW_BYTES = 24;
    private static final int RESOLVE_OFFSET = 16;
    private static final long RESOLVE_NO_MAGICLINKS = 0x2;
    private static final long RESOLVE_IN_ROOT = 0x10;

    private static final NativeFunction.Linked CLOSE =
            new NativeFunction(C, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).linked();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);
    private final MemorySegment path = arena.allocate(PATH_BYTES);
    private final MemorySegment how = arena.allocate(HOW_BYTES, 8);
    private final MemorySegment bytes = arena.allocate(CAPACITY, 8);

    /** Our own fds in /proc, where a name is found in half the time that its whole path takes. */
    private int ownFds = -1;

    /** What was read last. */
    public MemorySegment bytes() {
        return bytes;
    }

    /** Reads a file from its start; the length, 0 when it cannot be read. */
    public int read(String file) {
        int fd = open(file, O_RDONLY);
        if (fd < 0) {
            return 0;
        }
        try {
            return read(fd, 0, CAPACITY);
        } finally {
            close(fd);
        }
    }

    /** Reads a file's first bytes into an array; how many, negative when it cannot be opened. */
    public int read(String file, byte[] into) {
        int fd = open(file, O_RDONLY);
        if (fd < 0) {
            return -1;
        }
        int length = 0;
        int got;
        do {
            got = read(fd, length, into.length - length);
            MemorySegment.copy(bytes, JAVA_BYTE, 0, into, length, got);
            length += got;
            // Whatever gives less than a page has no more.
        } while (got >= PAGE && length < into.length);
        close(fd);
        return length;
    }

    /** The same as text of one byte a character; empty when it cannot be read. */
    public String text(String file) {
        int length = read(file);
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, JAVA_BYTE, 0, copy, 0, length);
        return new String(copy, StandardCharsets.ISO_8859_1);
    }

    /** Reads at a position; the length, 0 when nothing can be read there. */
    public int read(int fd, long position, int most) {
        try {
            return (int)
                    Math.max(
                            0,
                            (long)
                                    PREAD.handle()
                                            .invokeExact(
                                                    errno,
                                                    fd,
                                                    bytes,
                                                    (long) Math.min(most, CAPACITY),
                                                    position));
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Writes what fits at once; whether all was written. */
    public boolean write(int fd, byte[] what) {
        int length = Math.min(what.length, CAPACITY);
        MemorySegment.copy(what, 0, bytes, JAVA_BYTE, 0, length);
        try {
            return (long) WRITE.handle().invokeExact(errno, fd, bytes, (long) length)
                    == what.length;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** What a link says; empty when it cannot be read. */
    public Text link(String file) {
        try {
            long length =
                    (long)
                            READLINK.handle()
                                    .invokeExact(errno, name(file), bytes, (long) PATH_BYTES);
            if (length <= 0) {
                return Text.EMPTY;
            }
            byte[] copy = new byte[(int) length];
            MemorySegment.copy(bytes, JAVA_BYTE, 0, copy, 0, copy.length);
            return Text.wrap(copy);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** The path that an fd of ours stands for; empty when it has none. */
    public Text pathOf(int fd) {
        int folder = ownFds;
        if (folder < 0) {
            folder = open("/proc/self/fd", O_PATH);
            ownFds = folder;
        }
        try {
            MemorySegment name = name(Integer.toString(fd));
            long length =
                    (long)
                            READLINKAT
                                    .handle()
                                    .invokeExact(errno, folder, name, bytes, (long) PATH_BYTES);
            return length <= 0 ? Text.EMPTY : Text.wrap(copy((int) length));
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** What the link says that an fd of its own stands for; empty when it is none. */
    public Text linkOf(int fd) {
        try {
            long length =
                    (long)
                            READLINKAT
                                    .handle()
                                    .invokeExact(errno, fd, name(""), bytes, (long) PATH_BYTES);
            return length <= 0 ? Text.EMPTY : Text.wrap(copy((int) length));
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private byte[] copy(int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, JAVA_BYTE, 0, copy, 0, length);
        return copy;
    }

    /** A new fd; negative when there is none. */
    public int open(String file, int flags) {
        try {
            return (int) OPEN.handle().invokeExact(errno, name(file), flags | O_CLOEXEC);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /**
     * Opens a name as seen from a root that an fd stands for, without reaching into the file:
     * whatever links lie on the way, it stays inside. Negative when there is nothing.
     */
    public int openInside(int root, String file) {
        return openInside(root, file, 0);
    }

    /** The same with more flags. */
    public int openInside(int root, String file, int flags) {
        how.fill((byte) 0);
        how.set(JAVA_LONG, 0, O_PATH | O_CLOEXEC | flags);
        how.set(JAVA_LONG, RESOLVE_OFFSET, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
        try {
            return (int)
                    (long)
                            SYSCALL.handle()
                                    .invokeExact(
                                            errno,
                                            OPENAT2,
                                            (long) root,
                                            name(file),
                                            how,
                                            (long) HOW_BYTES);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    public void close(int fd) {
        try {
            int _ = (int) CLOSE.handle().invokeExact(errno, fd);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    /** Paths are of our own making: one byte a character, and short. */
    private MemorySegment name(String file) {
        int length = Math.min(file.length(), PATH_BYTES - 1);
        for (int i = 0; i < length; i++) {
            path.set(JAVA_BYTE, i, (byte) file.charAt(i));
        }
        path.set(JAVA_BYTE, length, (byte) 0);
        return path;
    }
}
