// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.web;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of large bodies may be under way at once. What is made of a batch of alerts takes
 * some fifteen times its room until it is kept; two hundred agents that come back at the same
 * moment would fill any heap. Whoever finds no room waits for some of it, in the order of coming.
 */
final class BodyRoom {
    private static final int UNIT_BYTES = 1 << 10;

    /** Smaller ones take no part: they are bounded by the number of connections. */
    private static final long SMALL_BYTES = 64 << 10;

    private static final int SHARE_OF_HEAP = 64;
    private static final long MIN_BYTES = 4L << 20;
    private static final long MAX_BYTES = 64L << 20;

    private final int units;
    private final long patienceMs;
    private final Semaphore free;

    BodyRoom(long bytes, long patienceMs) {
        this.units = Math.toIntExact(bytes / UNIT_BYTES);
        this.patienceMs = patienceMs;
        this.free = new Semaphore(units, true);
    }

    /** As much as this JVM can bear. */
    static BodyRoom ofThisHeap(long patienceMs) {
        long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        return new BodyRoom(Math.clamp(share, MIN_BYTES, MAX_BYTES), patienceMs);
    }

    /** Whether a body takes part. */
    static boolean isLarge(long length, long maxBytes) {
        return (length < 0 ? maxBytes : length) > SMALL_BYTES;
    }

    /** Room that is given back once. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes room, and waits for it when there is none.
     *
     * @param length as announced; below 0 when it is not
     * @param maxBytes how long it can be
     * @throws ApiException when there was none in time; nothing was read
     */
    Place enter(long length, long maxBytes) {
        if (!isLarge(length, maxBytes)) {
            return () -> {};
        }
        long bytes = length < 0 ? maxBytes : length;
        // One that is larger than all of it goes alone.
        int wanted = (int) Math.min(units, (bytes + UNIT_BYTES - 1) / UNIT_BYTES);
        try {
            if (free.tryAcquire(wanted, patienceMs, TimeUnit.MILLISECONDS)) {
                return () -> free.release(wanted);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ApiException(
                ApiException.UNAVAILABLE, "busy", "too much is under way; tell it again later");
    }
}
