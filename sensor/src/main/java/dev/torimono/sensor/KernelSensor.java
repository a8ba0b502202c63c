// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.Demand;
import dev.torimono.model.Enforcement;
import dev.torimono.model.EventSource;
import dev.torimono.model.EventType;
import dev.torimono.model.PlaceSink;
import dev.torimono.sensor.bpf.FdWaiter;
import dev.torimono.sensor.bpf.RingBuffer;
import dev.torimono.sensor.bpf.RingWaiter;
import dev.torimono.sensor.gate.ExecGate;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The events of this machine, from programs in its kernel. Driven by one thread; the counters may
 * be read by any.
 *
 * <p>Waiting: programs do not wake the reader per record (a wake-up costs fifty times what a record
 * costs), so that a busy reader looks again every millisecond. One that found nothing a few times
 * asks to be woken by the next record, once, and sleeps; nobody works while nothing happens.
 */
public final class KernelSensor implements EventSource, PlaceSink {
    private static final long NAP_NS = 1_000_000;

    /** About as long as an exec takes that was let pass, with its interpreter or loader. */
    private static final long PUT_OFF_NS = 250_000;

    /**
     * Empty looks before the reader asks to be woken. One more follows: a producer that looked for
     * the request before it was made has its record on the ring by then.
     */
    private static final int NAPS = 1;

    private final SensorProgram program;
    private final SensorConfig config;
    private final RingBuffer lifecycle;
    private final RingBuffer activity;
    private final RingWaiter waiter;

    /** For held execs alone: records that wait do not end its sleep. */
    private final FdWaiter holds = new FdWaiter();

    private final Canary canary;
    private final RingMerge merge;
    private final ExecGate gate;
    private final NameLookup names = new NameLookup(NameLookup.HOST);
    private int naps;

    /** Since when records wait for those who were held; 0 when they do not. */
    private long putOffNs;

    private boolean closed;

    private KernelSensor(SensorProgram program, SensorConfig config) {
        this.program = program;
        this.config = config;
        this.lifecycle = program.ring("lifecycle", config.lifecycleBytes());
        this.activity = program.ring("activity", config.activityBytes());
        this.waiter = new RingWaiter(lifecycle, activity);
        this.canary = new Canary(program.shared());
        this.merge = new RingMerge(lifecycle, activity, canary::hear);
        this.gate = new ExecGate(program.gateParts(this::awaitToo));
    }

    private void awaitToo(int fd) {
        waiter.add(fd);
        holds.use(fd);
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

    /** Whether events of that name are told at all, when someone wants them. */
    public static boolean tells(String eventName) {
        return ProbedCall.NAMES.contains(eventName) || LifecycleHook.NAMES.contains(eventName);
    }

    @Override
    public void subscribe(Demand demand) {
        program.shared().environment(config.environment() && demand.environment());
        program.want(demand);
        names.want(demand);
    }

    /** Events of the host are then left out where only containers matter. */
    @Override
    public void place(long cgroup, boolean container) {
        program.shared().hostCgroup(cgroup, !container);
    }

    @Override
    public int poll(Sink sink, long timeoutMs) {
        int count = round(sink);
        long end = count > 0 ? 0 : System.nanoTime() + timeoutMs * 1_000_000;
        while (count == 0) {
            long leftNs = end - System.nanoTime();
            if (leftNs > 0) {
                await(leftNs);
                count = round(sink);
                continue;
            }
            // Whatever was put off is not put off beyond the call.
            putOffNs = 0;
            count = merge.drain(sink);
            if (count == 0) {
                return 0;
            }
        }
        if (naps >= NAPS) {
            program.shared().readerWaits(false);
        }
        naps = 0;
        return count;
    }

    /**
     * What waits to happen first, since somebody waits with it, then what has happened. It is still
     * judged by all that led to it, where that matters. Who was answered needs a CPU at once:
     * records that nobody needed wait a little, in which the next file of the same call comes, too.
     */
    private int round(Sink sink) {
        int[] count = {0};
        int held = gate.serve(() -> count[0] += merge.drain(sink));
        if (held > 0 && count[0] == 0) {
            long now = System.nanoTime();
            putOffNs = putOffNs == 0 ? now : putOffNs;
            if (now - putOffNs < PUT_OFF_NS) {
                return 0;
            }
        }
        putOffNs = 0;
        return held + count[0] + merge.drain(sink);
    }

    /** Holds execs until they are judged by whoever polls. */
    public Enforcement enforcement() {
        return gate;
    }

    /** Why execs cannot be held on this machine; null when they can. */
    public static @Nullable String gateObstacle() {
        return ExecGate.obstacleIn(HostFiles.REAL.root().resolve("proc"));
    }

    /**
     * Why the kernel cannot refuse execs by itself (BPF security modules); empty when it can. Tried
     * once, by a harmless one.
     */
    public static String refusalObstacle() {
        return Refusals.OBSTACLE;
    }

    /** Tried on first use. */
    private static final class Refusals {
        static final String OBSTACLE = KernelProbe.attempt(ProgramType.LSM).reason();
    }

    private void await(long leftNs) {
        if (putOffNs != 0) {
            holds.await(PUT_OFF_NS);
            return;
        }
        if (gate.isUndecided()) {
            waiter.await((int) (Math.min(NAP_NS, leftNs) / 1_000_000) + 1);
            return;
        }
        if (naps > NAPS) {
            // Still asked for: only a record takes the request back.
            if (merge.isEmpty()) {
                waiter.await((int) (leftNs / 1_000_000 + 1));
            }
            return;
        }
        if (naps == NAPS) {
            program.shared().readerWaits(true);
        }
        naps++;
        if (gate.isOpen()) {
            // A held exec wakes it at once; records do not.
            waiter.await((int) Math.min(NAP_NS, leftNs) / 1_000_000 + 1);
            return;
        }
        LockSupport.parkNanos(Math.min(NAP_NS, leftNs));
    }

    /** Breaks one way from the kernel, for tests of what notices. */
    void detach(String hook) {
        program.detach(hook);
    }

    /** What proves that events come through. */
    public Canary canary() {
        return canary;
    }

    /** Where this sensor is attached, and why there. */
    public List<Hook> attachPlan() {
        return program.attachPlan();
    }

    /** What the kernel leaves out by what the rules need, or why it leaves out nothing. */
    public String filter() {
        return program.filter();
    }

    /** Events of a type that did not fit on the ring, or gave way to others, since the start. */
    public long lost(EventType type) {
        return program.shared().lost(type.code());
    }

    /** Events of all types that did not fit on the ring since the start. */
    public long lostTotal() {
        return program.shared().lostTotal();
    }

    /** The same by who caused them, since the start. */
    public List<Loss> losses() {
        return program.losses().all();
    }

    /** Wanted events that the kernel left out because they could not matter to any rule. */
    public long leftOut() {
        return program.leftOut();
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
            names.close();
            gate.close();
            program.detach();
            waiter.close();
            holds.close();
            lifecycle.close();
            activity.close();
            program.close();
        }
    }
}
