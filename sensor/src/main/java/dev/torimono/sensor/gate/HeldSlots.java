// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The execs that were taken from the kernel and are not answered: whoever takes one out of its slot
 * answers it, the judge or the one who watches the clock, never both.
 */
final class HeldSlots {
    static final int SLOTS = 512;
    private static final long FREE = 0;

    /** fd + 1 in the low half, tid in the high half. */
    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

    private final AtomicLongArray sinceNs = new AtomicLongArray(SLOTS);

    /** Takes one in; its slot, -1 when there is no room. */
    int put(int fd, int tid, long nowNs) {
        for (int i = 0; i < SLOTS; i++) {
            if (slots.get(i) == FREE) {
                sinceNs.set(i, nowNs);
                slots.set(i, (long) tid << 32 | fd + 1L);
                return i;
            }
        }
        return -1;
    }

    /** It was looked at and waits on, from now; false when somebody else took it out. */
    boolean keep(int slot, int fd, int tid, long nowNs) {
        sinceNs.set(slot, nowNs);
        return slots.get(slot) == ((long) tid << 32 | fd + 1L);
    }

    /** Takes what is in a slot out; false when somebody else did. */
    boolean take(int slot, int fd, int tid) {
        return slots.compareAndSet(slot, (long) tid << 32 | fd + 1L, FREE);
    }

    /** Takes one out that waits since before a time; its fd, -1 when there is none. */
    int takeOlder(long thanNs) {
        for (int i = 0; i < SLOTS; i++) {
            long held = slots.get(i);
            if (held != FREE && sinceNs.get(i) - thanNs < 0 && slots.compareAndSet(i, held, FREE)) {
                return (int) (held & 0xffff_ffffL) - 1;
            }
        }
        return -1;
    }
}
