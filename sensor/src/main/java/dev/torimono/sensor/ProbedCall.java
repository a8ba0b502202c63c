// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.EventType;
import java.util.List;

/**
 * A system call that becomes an event.
 *
 * @param type which event
 * @param family by which program
 * @param number its number on x86-64
 * @param ia32 its numbers for 32-bit callers
 */
record ProbedCall(EventType type, Family family, int number, List<Integer> ia32) {
    /** Every call that is decoded. */
    static final List<ProbedCall> ALL =
            List.of(
                    call("SYSCALL_EXECVE_19_X", Family.EXEC_FAILED, 59, 11),
                    call("SYSCALL_EXECVEAT_X", Family.EXEC_FAILED, 322, 358),
                    call("SYSCALL_OPEN_X", Family.OPEN, 2, 5),
                    call("SYSCALL_OPENAT_2_X", Family.OPEN, 257, 295),
                    call("SYSCALL_OPENAT2_X", Family.OPEN, 437, 437),
                    call("SYSCALL_CREAT_X", Family.OPEN, 85, 8),
                    call("SOCKET_CONNECT_X", Family.CONNECT, 42, 362),
                    call("SOCKET_ACCEPT_5_X", Family.ACCEPT, 43, SharedConfig.IA32_ACCEPT),
                    call("SOCKET_ACCEPT4_6_X", Family.ACCEPT, 288, 364),
                    call("SYSCALL_DUP_1_X", Family.DUP, 32, 41),
                    call("SYSCALL_DUP2_X", Family.DUP, 33, 63),
                    call("SYSCALL_DUP3_X", Family.DUP, 292, 330),
                    call("SYSCALL_FCNTL_X", Family.DUP, 72, 55, 221));

    ProbedCall {
        ia32 = List.copyOf(ia32);
    }

    private static ProbedCall call(String symbol, Family family, int number, Integer... ia32) {
        return new ProbedCall(EventType.symbol(symbol), family, number, List.of(ia32));
    }

    /** Writes the call into the kernel's tables, as wanted or not. */
    void enable(SharedConfig shared, boolean wanted) {
        int code = wanted ? type.code() : 0;
        shared.nativeCall(number, code);
        for (int other : ia32) {
            shared.ia32Call(other, code);
        }
    }
}
