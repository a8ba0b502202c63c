// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.sensor.bpf.Libc;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A harmless act of our own that must come back the way of every event: a thread that starts, makes
 * one system call that fails, and ends. What does not come back is what we are blind for.
 *
 * <p>One thread acts; the thread that drives the sensor hears.
 */
public final class Canary {
    /** {@code CANARY_OPTION} of {@code abi/event.h}. */
    static final int OPTION = 0x6b616e61;

    private static final long LOOK_EVERY_MS = 5;

    /** Ways from the kernel to us; in the order of the bits of {@code enum canary}. */
    public enum Way {
        FORK("sched_process_fork, the lifecycle ring and its reader"),
        CALL("sys_exit, the activity ring and its reader"),
        EXIT("sched_process_exit, the lifecycle ring and its reader");

        private final String meaning;

        Way(String meaning) {
            this.meaning = meaning;
        }

        /** What of it may be broken. */
        public String meaning() {
            return meaning;
        }

        int bit() {
            return 1 << ordinal();
        }
    }

    private final SharedConfig shared;
    private volatile int heard;

    Canary(SharedConfig shared) {
        this.shared = shared;
    }

    /** A record that is marked as ours came back. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread hears
    void hear(int bits) {
        heard |= bits;
    }

    /**
     * Acts, and waits until all of it came back.
     *
     * @return the ways by which it did not, within that time
     */
    public Set<Way> sing(long timeoutMs) throws InterruptedException {
        heard = 0;
        shared.canary(true);
        try {
            Thread.ofPlatform().daemon().name("canary").start(() -> Libc.prctl(OPTION)).join();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
            while (!missing().isEmpty() && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            }
            return missing();
        } finally {
            shared.canary(false);
        }
    }

    private Set<Way> missing() {
        Set<Way> missing = EnumSet.noneOf(Way.class);
        int bits = heard;
        for (Way way : Way.values()) {
            if ((bits & way.bit()) == 0) {
                missing.add(way);
            }
        }
        return missing;
    }
}
