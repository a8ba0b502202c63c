// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/** A call that waits for an answer: {@code struct seccomp_notif}. Refilled for each; one thread. */
final class Notification {
    private static final int ARGUMENTS = 6;

    private long id;
    private int tid;
    private int number;
    private int arch;
    private final long[] args = new long[ARGUMENTS];

    void set(MemorySegment notif) {
        id = notif.get(JAVA_LONG, 0);
        tid = notif.get(JAVA_INT, 8);
        number = notif.get(JAVA_INT, 16);
        arch = notif.get(JAVA_INT, 20);
        for (int i = 0; i < ARGUMENTS; i++) {
            args[i] = notif.get(JAVA_LONG, 32 + 8L * i);
        }
    }

    long id() {
        return id;
    }

    /** The calling thread in the pid namespace of who took it; 0 when it is not in that. */
    int tid() {
        return tid;
    }

    int number() {
        return number;
    }

    /** {@code AUDIT_ARCH_}. */
    int arch() {
        return arch;
    }

    long argument(int index) {
        return args[index];
    }

    /** Whether it is the same call by the same thread, as after a signal that restarted it. */
    boolean repeats(Notification other) {
        return tid == other.tid
                && number == other.number
                && arch == other.arch
                && java.util.Arrays.equals(args, other.args);
    }

    void copy(Notification other) {
        id = other.id;
        tid = other.tid;
        number = other.number;
        arch = other.arch;
        System.arraycopy(other.args, 0, args, 0, ARGUMENTS);
    }
}
