// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/**
 * The system calls around pidfds. By number, because C libraries of 2022 have no names for them;
 * the numbers are the same on x86-64 and arm64. A negative result is the error number.
 */
@SuppressWarnings("restricted")
final class PidFdCalls {
    static final int EPERM = 1;
    static final int ESRCH = 3;
    static final int EINTR = 4;
    static final int EINVAL = 22;
    static final int EMFILE = 24;

    /** Since Linux 5.1. */
    private static final long PIDFD_SEND_SIGNAL = 424;

    /** Since Linux 5.3. */
    private static final long PIDFD_OPEN = 434;

    private static final short POLLIN = 1;
    private static final StructLayout ERRNO = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET =
            ERRNO.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private final MethodHandle syscall =
            handle(
                    "syscall",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
                    Linker.Option.firstVariadicArg(1));
    private final MethodHandle poll =
            handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private final MethodHandle close = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private static MethodHandle handle(
            String name, FunctionDescriptor descriptor, Linker.Option... more) {
        Linker linker = Linker.nativeLinker();
        Linker.Option[] options = new Linker.Option[more.length + 1];
        options[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(more, 0, options, 1, more.length);
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
    }

    /** The fd, closed on exec. */
    int open(long pid) {
        return (int) call(PIDFD_OPEN, pid, 0, 0, 0);
    }

    int sendSignal(int fd, int signal) {
        return (int) call(PIDFD_SEND_SIGNAL, fd, signal, 0, 0);
    }

    /** 1 when the process has ended, 0 when the time is over. A zombie has ended. */
    int pollEnded(int fd, int timeoutMs) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO);
            MemorySegment pollFd = arena.allocate(8, 4);
            pollFd.set(JAVA_INT, 0, fd);
            pollFd.set(JAVA_SHORT, 4, POLLIN);
            int result = (int) poll.invokeExact(errno, pollFd, 1L, timeoutMs);
            return result < 0 ? -errno.get(JAVA_INT, ERRNO_OFFSET) : result;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO);
            int result = (int) close.invokeExact(errno, fd);
            if (result < 0) {
                throw new IllegalStateException(
                        "close: fd " + fd + ": error " + errno.get(JAVA_INT, ERRNO_OFFSET));
            }
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private long call(long number, long a, long b, long c, long d) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(ERRNO);
            long result = (long) syscall.invokeExact(errno, number, a, b, c, d);
            return result < 0 ? -errno.get(JAVA_INT, ERRNO_OFFSET) : result;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** A downcall declares Throwable and throws none. */
    private static AssertionError impossible(Throwable thrown) {
        if (thrown instanceof RuntimeException e) {
            throw e;
        }
        if (thrown instanceof Error e) {
            throw e;
        }
        return new AssertionError("a downcall threw", thrown);
    }
}
