// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.Enforcement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What the gate counts. Any thread. */
final class GateCounters {
    private static final int LINES = 32;

    private final BlockingQueue<String> passed = new ArrayBlockingQueue<>(LINES);
    final AtomicLong judged = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong late = new AtomicLong();
    final AtomicLong faults = new AtomicLong();
    final AtomicLong released = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> last = new AtomicReference<>();

    void fault(Throwable why) {
        faults.incrementAndGet();
        last.set(why);
    }

    /** Says who passed, while there is room. */
    void passed(String who) {
        boolean _ = passed.offer(who);
    }

    List<String> takePassed() {
        List<String> all = new ArrayList<>();
        passed.drainTo(all);
        return all;
    }

    @Nullable Throwable lastFault() {
        return last.get();
    }

    Enforcement.Tally tally(EnforcementMemory kernel) {
        return new Enforcement.Tally(
                judged.get(),
                refused.get(),
                kernel.killed(),
                late.get(),
                faults.get(),
                kernel.held(),
                kernel.passedDead(),
                released.get(),
                kernel.stood(),
                kernel.refused());
    }
}
