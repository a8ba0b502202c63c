// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Alerts on disk until the collector has them. The most urgent are delivered first; when there is
 * no room, the oldest of the least urgent are dropped and counted. Any thread.
 */
final class Spool implements Closeable {
    private static final List<String> LANES = List.of("high", "medium", "low", "info", "activity");
    private static final int LAST_HIGH = 3;
    private static final int LAST_MEDIUM = 5;
    private static final int LOW = 6;
    private static final int INFO = 7;

    /** Of what is no alert. */
    static final int LEAST_URGENT = 8;

    private final List<SpoolLane> lanes = new ArrayList<>();
    private final long maxBytes;
    private final String incarnation =
            "%012x".formatted(ThreadLocalRandom.current().nextLong(1L << 48));
    private long sequence;
    private long dropped;
    private long delivered;

    /** Some alerts, and the lane they are in. */
    record Batch(SpoolLane lane, SpoolLane.Batch of) {
        List<SpooledAlert> alerts() {
            return of.alerts();
        }
    }

    Spool(Path folder, long maxBytes) throws IOException {
        this.maxBytes = maxBytes;
        for (String lane : LANES) {
            lanes.add(new SpoolLane(folder.resolve(lane)));
        }
    }

    /**
     * Keeps an alert.
     *
     * @param severity 0 (most severe) to 7; {@link #LEAST_URGENT} of what is no alert
     */
    synchronized void append(int severity, byte[] json) throws IOException {
        String key = incarnation + "-" + sequence++;
        lane(severity).append(new SpooledAlert(key, json));
        boolean room = bytes() <= maxBytes;
        while (!room) {
            // One file may not be enough.
            room = !dropOne() || bytes() <= maxBytes;
        }
        notifyAll();
    }

    private SpoolLane lane(int severity) {
        if (severity <= LAST_HIGH) {
            return lanes.getFirst();
        }
        if (severity <= LAST_MEDIUM) {
            return lanes.get(1);
        }
        return severity > INFO ? lanes.getLast() : lanes.get(severity == LOW ? 2 : 3);
    }

    private boolean dropOne() throws IOException {
        for (SpoolLane lane : lanes.reversed()) {
            if (lane.alerts() > 0) {
                dropped += lane.dropOldest();
                return true;
            }
        }
        return false;
    }

    /** Waits for alerts; null when there are none until the time is up. */
    synchronized @Nullable Batch await(int maxAlerts, int maxBatchBytes, long waitMs)
            throws IOException, InterruptedException {
        Batch batch = oldest(maxAlerts, maxBatchBytes);
        if (batch == null && waitMs > 0) {
            TimeUnit.MILLISECONDS.timedWait(this, waitMs);
            batch = oldest(maxAlerts, maxBatchBytes);
        }
        return batch;
    }

    private @Nullable Batch oldest(int maxAlerts, int maxBatchBytes) throws IOException {
        for (SpoolLane lane : lanes) {
            SpoolLane.Batch batch = lane.oldest(maxAlerts, maxBatchBytes);
            if (batch != null && batch.alerts().isEmpty()) {
                lane.delivered(batch);
            } else if (batch != null) {
                return new Batch(lane, batch);
            }
        }
        return null;
    }

    /** The collector has them. */
    synchronized void delivered(Batch batch) throws IOException {
        batch.lane().delivered(batch.of());
        delivered += batch.alerts().size();
    }

    synchronized long waiting() {
        return lanes.stream().mapToLong(SpoolLane::alerts).sum();
    }

    synchronized long bytes() {
        return lanes.stream().mapToLong(SpoolLane::bytes).sum();
    }

    /** Alerts that were dropped for want of room since the start. */
    synchronized long dropped() {
        return dropped;
    }

    /** Alerts that the collector took since the start. */
    synchronized long delivered() {
        return delivered;
    }

    @Override
    public synchronized void close() throws IOException {
        for (SpoolLane lane : lanes) {
            lane.close();
        }
    }
}
