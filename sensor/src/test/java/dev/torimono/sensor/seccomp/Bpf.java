// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a filter as the kernel would, of the instructions that we use. */
final class Bpf {
    static final int ALLOW = 0x7fff0000;
    static final int NOTIFY = 0x7fc00000;
    static final int NO_SUCH_CALL = 0x00050000 | 38;

    private Bpf() {}

    static int run(byte[] program, int arch, int number, long... args) {
        ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0, number).putInt(4, arch);
        for (int i = 0; i < args.length; i++) {
            data.putLong(16 + 8 * i, args[i]);
        }
        int a = 0;
        for (int pc = 0; ; pc++) {
            int op = code.getShort(pc * 8);
            int whenTrue = code.get(pc * 8 + 2) & 0xff;
            int whenFalse = code.get(pc * 8 + 3) & 0xff;
            int k = code.getInt(pc * 8 + 4);
            switch (op) {
                case 0x20 -> a = data.getInt(k);
                case 0x05 -> pc += k;
                case 0x15 -> pc += a == k ? whenTrue : whenFalse;
                case 0x35 -> pc += Integer.compareUnsigned(a, k) >= 0 ? whenTrue : whenFalse;
                case 0x45 -> pc += (a & k) != 0 ? whenTrue : whenFalse;
                case 0x06 -> {
                    return k;
                }
                default -> throw new AssertionError("instruction " + pc + ": " + op);
            }
        }
    }
}
