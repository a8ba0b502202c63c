// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.torimono.sensor.bpf.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;

/** A signal by process id: only for SIGCONT, which does no harm to whom it is not meant for. */
final class Signal {
    private static final NativeFunction KILL =
            new NativeFunction(
                    Linker.nativeLinker().defaultLookup(),
                    "kill",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private Signal() {}

    /** Sends it; a process that is gone needs none. */
    static void send(long pid, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            int _ =
                    (int)
                            KILL.handle()
                                    .invokeExact(
                                            NativeFunction.errnoSegment(arena), (int) pid, signal);
        } catch (Throwable e) {
            throw NativeFunction.impossible(e);
        }
    }
}
