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
import java.nio.file.Path;

/** Whether the kernel would hold execs for a verdict. */
public final class Fanotify {
    private static final int CLASS_CONTENT = 4;
    private static final int CLOEXEC = 1;
    private static final int MARK_ADD = 1;
    private static final long OPEN_EXEC_PERM = 0x40000;
    private static final int AT_FDCWD = -100;

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

    private Fanotify() {}

    /**
     * Marks a file for exec permission events and lets go at once.
     *
     * @throws BpfException when the kernel refuses
     */
    public static void tryExecPermission(Path file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = NativeFunction.errnoSegment(arena);
            int fd = (int) INIT.handle().invokeExact(errno, CLASS_CONTENT | CLOEXEC, 0);
            if (fd < 0) {
                throw BpfException.of(
                        "fanotify_init", NativeFunction.errno(errno), "permission events");
            }
            try {
                MemorySegment path = arena.allocateFrom(file.toString());
                int result =
                        (int)
                                MARK.handle()
                                        .invokeExact(
                                                errno,
                                                fd,
                                                MARK_ADD,
                                                OPEN_EXEC_PERM,
                                                AT_FDCWD,
                                                path);
                if (result != 0) {
                    throw BpfException.of(
                            "fanotify_mark", NativeFunction.errno(errno), file.toString());
                }
            } finally {
                Libc.close(fd);
            }
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }
}
