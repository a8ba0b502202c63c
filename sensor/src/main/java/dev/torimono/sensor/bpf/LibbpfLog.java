// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.bpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Collects what libbpf prints while it is open, the verifier's log included. libbpf has one
 * callback per process, so that loads are serialised.
 */
@SuppressWarnings("restricted")
final class LibbpfLog implements AutoCloseable {
    private static final int DEBUG = 2;
    private static final int MAX_MESSAGE_BYTES = 1 << 20;
    private static final Object TURN = new Object();

    private final Arena arena = Arena.ofShared();
    private final MemorySegment previous;
    private final StringBuilder text = new StringBuilder();

    private LibbpfLog() {
        MethodHandle target;
        try {
            target =
                    MethodHandles.lookup()
                            .findVirtual(
                                    LibbpfLog.class,
                                    "print",
                                    MethodType.methodType(
                                            int.class,
                                            int.class,
                                            MemorySegment.class,
                                            MemorySegment.class))
                            .bindTo(this);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("own method is missing", e);
        }
        MemorySegment stub =
                Linker.nativeLinker()
                        .upcallStub(
                                target,
                                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS),
                                arena);
        previous = Libbpf.setPrint(stub);
    }

    /** What runs under the log. */
    interface Body<T> {
        T run(LibbpfLog log);
    }

    static <T> T during(Body<T> body) {
        synchronized (TURN) {
            try (LibbpfLog log = new LibbpfLog()) {
                return body.run(log);
            }
        }
    }

    // Called from C; nothing may be thrown through it.
    int print(int level, MemorySegment format, MemorySegment arguments) {
        if (level < DEBUG) {
            text.append(Libc.format(format, arguments, MAX_MESSAGE_BYTES));
        }
        return 0;
    }

    String text() {
        return text.toString();
    }

    @Override
    public void close() {
        Libbpf.setPrint(previous);
        arena.close();
    }
}
