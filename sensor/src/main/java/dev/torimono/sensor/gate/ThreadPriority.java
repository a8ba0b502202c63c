// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.torimono.sensor.bpf.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** Has the current thread served before others: somebody is held while it waits for a CPU. */
public final class ThreadPriority {
    private static final int PRIO_PROCESS = 0;
    private static final int NICE = -15;

    /** On Linux a thread has a nice value of its own; 0 means the calling one. */
    private static final NativeFunction SETPRIORITY =
            new NativeFunction(
                    Linker.nativeLinker().defaultLookup(),
                    "setpriority",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private ThreadPriority() {}

    /** False when it is not permitted (CAP_SYS_NICE). */
    public static boolean raise() {
        try (Arena arena = Arena.ofConfined()) {
            return (int)
                            SETPRIORITY
                                    .handle()
                                    .invokeExact(
                                            NativeFunction.errnoSegment(arena),
                                            PRIO_PROCESS,
                                            0,
                                            NICE)
                    == 0;
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }
}
