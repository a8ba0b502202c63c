// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import dev.torimono.model.ProcessKiller;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Processes that the kernel side stopped before their first instruction. Any thread. */
final class StoppedProcesses {
    /** Not even for what is not known yet. */
    private static final long NOBODY_HOLDS_LONGER_NS = 5_000_000_000L;

    private final KernelSide kernel;
    private final ProcessKiller killer;
    private final Path proc;
    private final HostWorld host;

    /** Those that wait for what is not known yet, and until when. */
    private final Map<Long, Long> patience = new ConcurrentHashMap<>();

    StoppedProcesses(ExecGate.Parts parts, HostWorld host) {
        this.kernel = parts.kernel();
        this.killer = parts.killer();
        this.proc = parts.proc();
        this.host = host;
    }

    /** One waits longer than for a judgement, by System.nanoTime. */
    void await(long pid, long untilNs) {
        patience.put(pid, untilNs);
    }

    /** Until when one may wait; now where nothing was said. */
    long patience(long pid, long nowNs) {
        return patience.getOrDefault(pid, nowNs);
    }

    void settle(long pid, long startNs, boolean kill) {
        signal(pid, startNs, kill ? ProcessKiller.SIGKILL : ProcessKiller.SIGCONT);
        forget(pid);
    }

    /** Lets one go on that nobody judged. */
    void release(long pid) {
        Signal.send(pid, ProcessKiller.SIGCONT);
        forget(pid);
    }

    private void forget(long pid) {
        kernel.forgetHeld(pid);
        patience.remove(pid);
    }

    private boolean signal(long pid, long startNs, int signal) {
        if (killer.grip(pid, startNs) instanceof ProcessKiller.Held(var hold)) {
            try (hold) {
                hold.signal(signal);
                return true;
            }
        }
        return false;
    }

    /** As of {@link dev.torimono.model.Enforcement#recover}. */
    int recover() {
        Leftovers leftovers = new Leftovers(proc + "/", host);
        Map<Long, Long> before = leftovers.stopped(host.processes());
        if (before.isEmpty()) {
            return 0;
        }
        long until = System.nanoTime() + NOBODY_HOLDS_LONGER_NS;
        for (long left = 1; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        int count = 0;
        for (Map.Entry<Long, Long> now : leftovers.stopped(before.keySet()).entrySet()) {
            if (now.getValue().equals(before.get(now.getKey()))
                    && signal(now.getKey(), now.getValue(), ProcessKiller.SIGCONT)) {
                count++;
            }
        }
        return count;
    }
}
