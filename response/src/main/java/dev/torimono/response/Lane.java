// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A thread with a bounded queue of its own, so that slow actions delay no fast ones. */
final class Lane implements AutoCloseable {
    private static final long CLOSE_MS = 2_000;

    private final BlockingQueue<Runnable> queue;
    private final ResponseCounters counters;
    private final Thread thread;
    private volatile boolean open = true;

    Lane(String name, int capacity, ResponseCounters counters) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.counters = counters;
        this.thread = Thread.ofPlatform().daemon().name("respond-" + name).start(this::run);
    }

    /** Takes work; false when the queue is full or closed. */
    boolean offer(Runnable work) {
        return open && queue.offer(work);
    }

    private void run() {
        while (open || !queue.isEmpty()) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                counters.increment(ResponseCounter.FAULTS);
            }
        }
    }

    /** Finishes what is queued, for a moment. */
    @Override
    public void close() {
        open = false;
        // Wakes it if it waits; where there is no room, it does not wait.
        boolean _ = queue.offer(() -> {});
        try {
            if (!thread.join(java.time.Duration.ofMillis(CLOSE_MS))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
