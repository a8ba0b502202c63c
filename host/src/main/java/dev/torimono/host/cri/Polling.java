// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.cri;

import dev.torimono.host.container.RuntimeClient.Change;
import dev.torimono.host.container.RuntimeClient.Change.Kind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds out what happened from time to time, for runtimes that do not tell. */
final class Polling {
    private static final long EVERY_NS = 10_000_000_000L;

    private final Cri cri;
    private final Semaphore woken = new Semaphore(0);
    private final Deque<Change> found = new ArrayDeque<>();
    private Set<String> known = Set.of();
    private long lookedNs;

    Polling(Cri cri) {
        this.cri = cri;
    }

    /** These are known now. */
    void begin(List<String> ids) {
        known = new HashSet<>(ids);
        lookedNs = System.nanoTime();
        found.clear();
    }

    @Nullable Change next(long timeoutMs) throws IOException {
        Change waiting = found.poll();
        if (waiting != null) {
            return waiting;
        }
        try {
            if (woken.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
                return null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
        if (System.nanoTime() - lookedNs >= EVERY_NS) {
            look();
        }
        return found.poll();
    }

    private void look() throws IOException {
        Set<String> now = new HashSet<>(cri.ids());
        for (String id : now) {
            if (!known.contains(id)) {
                found.add(new Change(Kind.STARTED, id));
            }
        }
        for (String id : known) {
            if (!now.contains(id)) {
                found.add(new Change(Kind.ENDED, id));
            }
        }
        known = now;
        lookedNs = System.nanoTime();
    }

    /** Ends a wait; any thread. */
    void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }
}
