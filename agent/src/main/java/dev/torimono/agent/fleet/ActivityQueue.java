// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * What trees of alerts did, on its way to the spool: those who tell it must not wait for a disk.
 */
final class ActivityQueue implements AutoCloseable {
    private static final int CAPACITY = 256;
    private static final long JOIN_MS = 2000;

    private final Spool spool;
    private final Outage outage;
    private final ArrayBlockingQueue<byte[]> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Thread thread;

    ActivityQueue(Spool spool, Log log) {
        this.spool = spool;
        this.outage = new Outage(log);
        this.thread = Thread.ofPlatform().daemon().name("fleet-activity").start(this::run);
    }

    /** False when there is no room. */
    boolean offer(byte[] json) {
        return queue.offer(json);
    }

    private void run() {
        try {
            while (true) {
                keep(queue.take());
            }
        } catch (InterruptedException e) {
            // The agent ends: what waits still gets to the disk.
            for (byte[] left = queue.poll(); left != null; left = queue.poll()) {
                keep(left);
            }
        }
    }

    private void keep(byte[] json) {
        try {
            spool.append(Spool.LEAST_URGENT, json);
            outage.works("spool: takes activity again");
        } catch (IOException e) {
            outage.failed("spool: activity is lost: " + Outage.words(e));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
