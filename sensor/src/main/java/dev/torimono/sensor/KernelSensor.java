// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Demand;
import dev.torimono.model.EventSource;
import dev.torimono.model.EventType;
import dev.torimono.sensor.bpf.RingBuffer;
import dev.torimono.sensor.bpf.RingWaiter;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The events of this machine, from programs in its kernel. Driven by one thread; the counters may
 * be read by any.
 *
 * <p>Waiting: programs do not wake the reader per record (a wake-up costs fifty times what a record
 * costs), so that a busy reader looks again every millisecond. One that found nothing for a while
 * asks to be woken by the next record, once, and sleeps.
 */
public final class KernelSensor implements EventSource {
    private static final long NAP_NS = 1_000_000;

    /** Empty looks before sleeping. */
    private static final int NAPS = 8;

    /**
     * A producer that looked at the request before it was made does not wake the reader; this
     * bounds how late its record is.
     */
    private static final int SLEEP_MS = 10;

    private final SensorProgram program;
    private final SensorConfig config;
    private final RingBuffer lifecycle;
    private final RingBuffer activity;
    private final RingWaiter waiter;
    private final RingMerge merge;
    private boolean closed;

    private KernelSensor(SensorProgram program, SensorConfig config) {
        this.program = program;
        this.config = config;
        this.lifecycle = program.ring("lifecycle", config.lifecycleBytes());
        this.activity = program.ring("activity", config.activityBytes());
        this.waiter = new RingWaiter(lifecycle, activity);
        this.merge = new RingMerge(lifecycle, activity);
    }

    /**
     * Loads the programs and attaches the lifecycle hooks; events are on the rings from now on.
     *
     * @throws SensorException saying why it cannot work here
     */
    public static KernelSensor open(SensorConfig config) {
        SensorProgram program = SensorProgram.load(config, HostFiles.REAL);
        try {
            KernelSensor sensor = new KernelSensor(program, config);
            program.attachLifecycle();
            return sensor;
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    @Override
    public void subscribe(Demand demand) {
        program.shared().environment(config.environment() && demand.environment());
        program.want(demand::wants);
    }

    @Override
    public int poll(Sink sink, long timeoutMs) {
        int count = merge.drain(sink);
        if (count > 0 || timeoutMs <= 0) {
            return count;
        }
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        for (int naps = 0; count == 0; naps++) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                return 0;
            }
            if (naps < NAPS) {
                LockSupport.parkNanos(Math.min(NAP_NS, left));
            } else {
                sleep((int) Math.min(SLEEP_MS, left / 1_000_000 + 1));
            }
            count = merge.drain(sink);
        }
        return count;
    }

    private void sleep(int timeoutMs) {
        program.shared().readerWaits(true);
        if (merge.isEmpty()) {
            waiter.await(timeoutMs);
        }
        program.shared().readerWaits(false);
    }

    /** Where this sensor is attached, and why there. */
    public List<Hook> attachPlan() {
        return program.attachPlan();
    }

    /** Events of a type that did not fit on the ring since the start. */
    public long lost(EventType type) {
        return program.shared().lost(type.code());
    }

    /** Events of all types that did not fit on the ring since the start. */
    public long lostTotal() {
        return program.shared().lostTotal();
    }

    /** Events with a parameter that was shortened because it was too long. */
    public long cut() {
        return program.shared().cut();
    }

    /** Wanted calls by a binary interface that is not decoded (x32). */
    public long foreignAbi() {
        return program.shared().foreignAbi();
    }

    /** Records that were no events; anything but 0 is a fault of the sensor. */
    public long malformed() {
        return merge.malformed();
    }

    /** Events handed over since the start. */
    public long delivered() {
        return merge.delivered();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            program.detach();
            waiter.close();
            lifecycle.close();
            activity.close();
            program.close();
        }
    }
}
