// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.torimono.sensor.bpf.BpfException;
import dev.torimono.sensor.bpf.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;

/**
 * Two kernel timers that a living agent keeps pushing ahead: whoever stops the whole process, it is
 * continued after the first (SIGCONT, which a running process ignores); whatever keeps it from
 * working, it is ended after the second, and with it every hold. No second process is needed, and
 * none could keep the fd of the gate open. One thread.
 */
final class DeadMansSwitch implements AutoCloseable {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int SIGKILL = 9;
    private static final int SIGCONT = 18;

    /** {@code struct sigevent}: the signal at 8, how to notify at 12, 0 by that signal. */
    private static final int SIGEVENT_BYTES = 64;

    private static final int SIGNAL_OFFSET = 8;
    private static final long NS_PER_S = 1_000_000_000L;

    private static final NativeFunction CREATE =
            function("timer_create", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final NativeFunction SET =
            function(
                    "timer_settime",
                    FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
    private static final NativeFunction DELETE =
            function("timer_delete", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

    private final Arena arena = Arena.ofShared();
    private final MemorySegment errno = NativeFunction.errnoSegment(arena);
    private final MemorySegment soft;
    private final MemorySegment hard;
    private final long softTimer;
    private final long hardTimer;

    /**
     * Not running until it is first pushed.
     *
     * @throws BpfException when the kernel refuses timers
     */
    DeadMansSwitch(long continueAfterNs, long endAfterNs) {
        softTimer = create(SIGCONT);
        hardTimer = create(SIGKILL);
        soft = time(continueAfterNs, continueAfterNs);
        hard = time(endAfterNs, 0);
    }

    private static NativeFunction function(String name, FunctionDescriptor descriptor) {
        return new NativeFunction(Linker.nativeLinker().defaultLookup(), name, descriptor);
    }

    private long create(int signal) {
        MemorySegment event = arena.allocate(SIGEVENT_BYTES, 8);
        event.set(JAVA_INT, SIGNAL_OFFSET, signal);
        MemorySegment timer = arena.allocate(8, 8);
        try {
            int result = (int) CREATE.handle().invokeExact(errno, CLOCK_MONOTONIC, event, timer);
            if (result != 0) {
                throw BpfException.of("timer_create", NativeFunction.errno(errno), "a timer");
            }
            return timer.get(JAVA_LONG, 0);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    private MemorySegment time(long afterNs, long everyNs) {
        MemorySegment time = arena.allocate(32, 8);
        time.set(JAVA_LONG, 0, everyNs / NS_PER_S);
        time.set(JAVA_LONG, 8, everyNs % NS_PER_S);
        time.set(JAVA_LONG, 16, afterNs / NS_PER_S);
        time.set(JAVA_LONG, 24, afterNs % NS_PER_S);
        return time;
    }

    /** The agent lives: everything is put off. */
    void push() {
        set(softTimer, soft);
        set(hardTimer, hard);
    }

    /** Nothing is held: nothing needs watching. */
    void rest() {
        MemorySegment never = arena.allocate(32, 8);
        set(softTimer, never);
        set(hardTimer, never);
    }

    private void set(long timer, MemorySegment time) {
        try {
            int _ = (int) SET.handle().invokeExact(errno, timer, 0, time, MemorySegment.NULL);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }

    @Override
    public void close() {
        try {
            int _ = (int) DELETE.handle().invokeExact(errno, softTimer);
            int _ = (int) DELETE.handle().invokeExact(errno, hardTimer);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }
}
