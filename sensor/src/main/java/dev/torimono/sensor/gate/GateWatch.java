// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets pass whatever waits too long for the judge, on a thread of its own, and keeps the dead man's
 * switch from ending the agent. What it lets pass is counted: nobody is held in silence, and
 * nothing passes in silence either.
 */
final class GateWatch implements AutoCloseable {
    /** How long an exec may wait for the judge. */
    static final long DEADLINE_NS = 500_000_000;

    /** How long the kernel side believes in a judge that does not look. */
    static final long PATIENCE_NS = 2_000_000_000;

    private static final long NS_PER_MS = 1_000_000;
    private static final long TICK_NS = 50_000_000;
    private static final long END_AFTER_NS = 5_000_000_000L;

    private final FanotifyGroup group;
    private final HeldSlots slots;
    private final AtomicLong lookedNs;
    private final StoppedProcesses stopped;
    private final KernelSide kernel;
    private final GateCounters counters;
    private final MemorySegment errno;
    private final MemorySegment buffer;
    private final MemorySegment response;
    private final DeadMansSwitch deadMan = new DeadMansSwitch(DEADLINE_NS, END_AFTER_NS);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("gate-watch").unstarted(this::run);
    private volatile boolean closed;

    GateWatch(
            FanotifyGroup group,
            HeldSlots slots,
            AtomicLong lookedNs,
            StoppedProcesses stopped,
            KernelSide kernel,
            GateCounters counters) {
        this.group = group;
        this.slots = slots;
        this.lookedNs = lookedNs;
        this.stopped = stopped;
        this.kernel = kernel;
        this.counters = counters;
        this.errno = group.errno();
        this.buffer = group.buffer();
        this.response = group.response();
    }

    void start() {
        deadMan.push();
        thread.start();
    }

    private void run() {
        ThreadPriority.raise();
        while (!closed) {
            deadMan.push();
            try {
                look(System.nanoTime());
            } catch (RuntimeException e) {
                counters.fault(e);
            }
            LockSupport.parkNanos(TICK_NS);
        }
    }

    private void look(long now) {
        for (int fd = slots.takeOlder(now - DEADLINE_NS);
                fd >= 0;
                fd = slots.takeOlder(now - DEADLINE_NS)) {
            letPass(fd, "it waited for the judge");
        }
        if (now - lookedNs.get() > DEADLINE_NS) {
            group.read(
                    errno,
                    buffer,
                    (fd, tid) -> {
                        letPass(fd, "thread " + tid + ": the judge did not look");
                        group.release(errno, fd);
                    });
        }
        kernel.eachHeld(
                (pid, since) -> {
                    if (now - since > DEADLINE_NS && now - stopped.patience(pid, now) >= 0) {
                        stopped.release(pid);
                        counters.released.incrementAndGet();
                        counters.passed(
                                "process "
                                        + pid
                                        + " goes on, stopped for "
                                        + (now - since) / NS_PER_MS
                                        + " ms without a judgement");
                    }
                });
    }

    private void letPass(int fd, String why) {
        if (group.answer(errno, response, fd, true)) {
            counters.late.incrementAndGet();
            counters.passed("a held exec passes: " + why);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        deadMan.close();
    }
}
