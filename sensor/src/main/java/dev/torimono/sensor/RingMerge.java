// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Event;
import dev.torimono.model.EventSource;
import dev.torimono.sensor.bpf.RingBuffer;
import java.lang.foreign.ValueLayout;
import java.util.function.IntConsumer;

/**
 * Hands over the records of both rings in an order in which no effect comes before its cause.
 *
 * <p>A program takes its timestamp first and reserves its place on the ring after; a cause has its
 * record committed before its effect begins. So within one ring the order is causal, and between
 * the rings the timestamps of the two heads decide, provided that each head is known to be the
 * next: an effect may only be handed over when every record that could have caused it is in sight.
 * Hence three snapshots in this order:
 *
 * <ol>
 *   <li>lifecycle (the floor), then activity: what caused a lifecycle record below the floor was
 *       committed before it, so it lies within the activity snapshot;
 *   <li>lifecycle again (the limit): what caused an activity record of the snapshot lies below the
 *       limit.
 * </ol>
 *
 * Lifecycle records between floor and limit are handed over only when a later activity record needs
 * them before it; the rest wait for the next round, as does everything behind a record that is
 * still being written.
 */
final class RingMerge {
    /** {@code struct record_prefix}: the CPU, then the record. */
    static final int PREFIX_BYTES = 8;

    private static final int CANARY_OFFSET = 4;
    private static final int RELEASE_EVERY = 64;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final RingBuffer lifecycle;
    private final RingBuffer activity;
    private final IntConsumer canary;
    private final Event event = new Event();
    private long delivered;
    private long malformed;

    RingMerge(RingBuffer lifecycle, RingBuffer activity, IntConsumer canary) {
        this.canary = canary;
        this.lifecycle = lifecycle;
        this.activity = activity;
    }

    /** Hands over what is there; returns how many. */
    int drain(EventSource.Sink sink) {
        long floor = lifecycle.produced();
        long activityLimit = activity.produced();
        long lifecycleLimit = lifecycle.produced();
        int count = 0;
        try {
            while (true) {
                RingBuffer.State a = activity.peek(activityLimit);
                RingBuffer.State l = lifecycle.peek(lifecycleLimit);
                if (a == RingBuffer.State.BUSY || l == RingBuffer.State.BUSY) {
                    return count;
                }
                boolean hasActivity = a == RingBuffer.State.READY;
                boolean hasLifecycle = l == RingBuffer.State.READY;
                if (hasActivity && (!hasLifecycle || time(activity) < time(lifecycle))) {
                    handOver(activity, sink);
                } else if (hasLifecycle && (hasActivity || lifecycle.position() < floor)) {
                    handOver(lifecycle, sink);
                } else {
                    return count;
                }
                if (++count % RELEASE_EVERY == 0) {
                    release();
                }
            }
        } finally {
            release();
        }
    }

    /** Whether nothing is on either ring. */
    boolean isEmpty() {
        return lifecycle.produced() == lifecycle.position()
                && activity.produced() == activity.position();
    }

    /** Records handed over so far. */
    long delivered() {
        return delivered;
    }

    /** Records that were no events; none of ours should be. */
    long malformed() {
        return malformed;
    }

    private static long time(RingBuffer ring) {
        return ring.data().get(U64, ring.payload() + PREFIX_BYTES + Event.TIMESTAMP_OFFSET);
    }

    private void handOver(RingBuffer ring, EventSource.Sink sink) {
        long payload = ring.payload();
        int cpu = ring.data().get(U32, payload);
        int mark = ring.data().get(U32, payload + CANARY_OFFSET);
        if (mark != 0) {
            canary.accept(mark);
            ring.next();
            return;
        }
        String fault =
                event.wrap(ring.data(), payload + PREFIX_BYTES, ring.length() - PREFIX_BYTES, cpu);
        ring.next();
        if (fault == null) {
            event.number(++delivered);
            sink.on(event);
        } else {
            malformed++;
        }
    }

    private void release() {
        lifecycle.release();
        activity.release();
    }
}
