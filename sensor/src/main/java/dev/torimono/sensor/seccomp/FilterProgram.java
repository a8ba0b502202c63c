// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The classic BPF program that a launcher installs: notifies wanted calls and allows all others. A
 * call that is not in it costs a lookup in the kernel's own table of calls that are always allowed
 * (since 5.11).
 *
 * <pre>
 * arch? ── native ──► number = wanted?  ──► (an open: flags that matter?) ──► notify
 *   │                 io_uring_setup    ──► ENOSYS: its calls would pass no filter
 *   │                 an x32 number     ──► ENOSYS
 *   │                 else              ──► allow
 *   └──── 32-bit ───► the same with its numbers
 * </pre>
 */
final class FilterProgram {
    private static final int LOAD = 0x20;
    private static final int JUMP = 0x05;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_GREATER_EQUAL = 0x35;
    private static final int JUMP_SET = 0x45;
    private static final int RETURN = 0x06;

    private static final int NUMBER_AT = 0;
    private static final int ARCH_AT = 4;

    /** The lower half of the first argument; both machines are little-endian. */
    private static final int ARGS_AT = 16;

    private static final int ALLOW = 0x7fff0000;
    private static final int NOTIFY = 0x7fc00000;
    private static final int FAIL_ENOSYS = 0x00050000 | 38;
    private static final int X32_BIT = 0x40000000;

    /** O_WRONLY, O_RDWR, O_CREAT, O_TRUNC. */
    private static final int WRITES = 01 | 02 | 0100 | 01000;

    private record Instruction(int code, int whenTrue, int whenFalse, int k) {}

    private final List<Instruction> program = new ArrayList<>();

    private FilterProgram() {}

    /**
     * The program as the kernel reads it.
     *
     * @param arch of the machine
     * @param opens which of them are told
     */
    static byte[] of(List<NotifiedCall> calls, int arch, WaitingOpens opens) {
        FilterProgram filter = new FilterProgram();
        filter.write(calls, arch, opens);
        return filter.bytes();
    }

    private void write(List<NotifiedCall> calls, int arch, WaitingOpens opens) {
        List<Instruction> foreign = section(calls, NotifiedCall.compat(arch), opens);
        add(LOAD, 0, 0, ARCH_AT);
        add(JUMP_EQUAL, 1, 0, arch);
        add(JUMP, 0, 0, section(calls, arch, opens).size());
        program.addAll(section(calls, arch, opens));
        add(JUMP_EQUAL, 1, 0, NotifiedCall.compat(arch));
        add(RETURN, 0, 0, FAIL_ENOSYS);
        program.addAll(foreign);
    }

    private static List<Instruction> section(
            List<NotifiedCall> calls, int arch, WaitingOpens opens) {
        FilterProgram part = new FilterProgram();
        part.add(LOAD, 0, 0, NUMBER_AT);
        if (arch == NotifiedCall.ARCH_X86_64) {
            part.add(JUMP_GREATER_EQUAL, 0, 1, X32_BIT);
            part.add(RETURN, 0, 0, FAIL_ENOSYS);
        }
        Set<Integer> done = new HashSet<>();
        for (NotifiedCall call : calls) {
            int number = call.number(arch);
            if (number < 0 || !done.add(number)) {
                continue;
            }
            if (call.first() >= 0) {
                part.add(JUMP_EQUAL, 0, 4, number);
                part.add(LOAD, 0, 0, ARGS_AT);
                part.add(JUMP_EQUAL, 0, 1, call.first());
                part.add(RETURN, 0, 0, NOTIFY);
                part.add(RETURN, 0, 0, ALLOW);
                continue;
            }
            int flags = opens == WaitingOpens.ALL ? -1 : flagsArgument(call);
            if (flags < 0) {
                part.add(JUMP_EQUAL, 0, 1, number);
                part.add(RETURN, 0, 0, NOTIFY);
            } else if (opens == WaitingOpens.FILES) {
                part.add(JUMP_EQUAL, 0, 5, number);
                part.add(LOAD, 0, 0, ARGS_AT + 8 * flags);
                part.add(JUMP_SET, 1, 0, WRITES);
                // With it an open that does not write gives a folder or fails.
                part.add(JUMP_SET, 1, 0, OpenBits.of(arch).directory());
                part.add(RETURN, 0, 0, NOTIFY);
                part.add(RETURN, 0, 0, ALLOW);
            } else {
                part.add(JUMP_EQUAL, 0, 4, number);
                part.add(LOAD, 0, 0, ARGS_AT + 8 * flags);
                part.add(JUMP_SET, 0, 1, WRITES);
                part.add(RETURN, 0, 0, NOTIFY);
                part.add(RETURN, 0, 0, ALLOW);
            }
        }
        if (done.add(NotifiedCall.IO_URING_SETUP)) {
            part.add(JUMP_EQUAL, 0, 1, NotifiedCall.IO_URING_SETUP);
            part.add(RETURN, 0, 0, FAIL_ENOSYS);
        }
        part.add(RETURN, 0, 0, ALLOW);
        return part.program;
    }

    /** Which argument has the flags of an open; openat2 has them in memory, creat has none. */
    static int flagsArgument(NotifiedCall call) {
        return switch (call.type().symbol()) {
            case "SYSCALL_OPEN_X" -> 1;
            case "SYSCALL_OPENAT_2_X" -> 2;
            default -> -1;
        };
    }

    private void add(int code, int whenTrue, int whenFalse, int k) {
        program.add(new Instruction(code, whenTrue, whenFalse, k));
    }

    private byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(program.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (Instruction each : program) {
            out.putShort((short) each.code());
            out.put((byte) each.whenTrue()).put((byte) each.whenFalse()).putInt(each.k());
        }
        return out.array();
    }
}
