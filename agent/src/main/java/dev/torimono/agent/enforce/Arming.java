// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.agent.Log;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Enforcement.Armed;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Watch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Arms the containers that an acting policy covers, from their first process on, on a thread of its
 * own; and lets go of those that ended or are covered no more. The pipeline only says what is
 * wanted.
 */
public final class Arming implements AutoCloseable {
    private static final long AGAIN_NS = 5_000_000_000L;
    private static final long RETRY_NS = 5_000_000;
    private static final long LOOK_AGAIN_NS = 1_000_000_000;

    /** A container, a process in it, and what is asked for. */
    private record Wanted(Container container, long pid, Watch watch, long seenNs) {}

    private final Enforcement enforcement;
    private final Log log;
    private volatile Map<String, Wanted> wanted = Map.of();
    private final Map<String, Long> firstSeenNs = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("arming").unstarted(this::run);
    private volatile boolean changed = true;
    private volatile boolean closed;
    private long lookedNs = Long.MIN_VALUE / 2;
    private boolean started;

    public Arming(Enforcement enforcement, Log log) {
        this.enforcement = enforcement;
        this.log = log;
    }

    /** Containers or policies may have changed: look at the next occasion. Any thread. */
    public void changed() {
        changed = true;
    }

    /**
     * Says what is wanted, when it may have changed; the pipeline's thread.
     *
     * @param renew is called when something else is asked for in a container than before
     */
    public void look(PolicySet policies, Bench bench, long nowNs, Runnable renew) {
        if (!changed && nowNs - lookedNs < LOOK_AGAIN_NS) {
            return;
        }
        changed = false;
        lookedNs = nowNs;
        if (!started && !policies.holdsAnywhere()) {
            return;
        }
        List<Container> containers = bench.containers();
        Map<String, Wanted> next = new LinkedHashMap<>();
        for (Container container : containers) {
            Watch watch = policies.watch(container);
            long pid = watch.holds() ? bench.processIn(container) : 0;
            if (pid > 0) {
                Long seen = firstSeenNs.putIfAbsent(container.fullId(), nowNs);
                next.put(
                        container.fullId(),
                        new Wanted(container, pid, watch, seen == null ? nowNs : seen));
            }
        }
        firstSeenNs.keySet().retainAll(next.keySet());
        if (asksForOther(wanted, next)) {
            renew.run();
        }
        wanted = next;
        if (!started) {
            started = true;
            thread.start();
        }
        LockSupport.unpark(thread);
    }

    private static boolean asksForOther(Map<String, Wanted> before, Map<String, Wanted> now) {
        return now.entrySet().stream()
                .anyMatch(
                        entry -> {
                            Wanted was = before.get(entry.getKey());
                            return was != null && !was.watch().equals(entry.getValue().watch());
                        });
    }

    private void run() {
        Map<String, Armed> armed = new LinkedHashMap<>();
        Map<String, Long> lookedAt = new LinkedHashMap<>();
        while (!closed) {
            long wait = AGAIN_NS;
            try {
                wait = step(armed, lookedAt);
            } catch (RuntimeException e) {
                log.error("gate: containers cannot be armed: " + e.getMessage(), e);
            }
            LockSupport.parkNanos(wait);
        }
    }

    private long step(Map<String, Armed> armed, Map<String, Long> lookedAt) {
        Map<String, Wanted> now = wanted;
        for (String gone : armed.keySet().stream().filter(id -> !now.containsKey(id)).toList()) {
            enforcement.disarm(gone);
            armed.remove(gone);
            lookedAt.remove(gone);
            log.debug("gate: container " + gone + " let go");
        }
        long wait = AGAIN_NS;
        for (Wanted each : now.values()) {
            String id = each.container().fullId();
            long before = lookedAt.getOrDefault(id, Long.MIN_VALUE / 2);
            Armed was = armed.get(id);
            boolean due = was == null || System.nanoTime() - before >= AGAIN_NS;
            if (due) {
                lookedAt.put(id, System.nanoTime());
                Armed is =
                        enforcement.arm(
                                new Enforcement.Arming(id, each.pid(), each.watch().memoryDies()));
                if (is.sinceNs() == 0) {
                    wait = RETRY_NS;
                } else if (was == null || was.sinceNs() != is.sinceNs()) {
                    armed.put(id, is);
                    tell(each, is);
                }
            }
        }
        return wait;
    }

    private void tell(Wanted of, Armed is) {
        long ms = (System.nanoTime() - of.seenNs()) / 1_000_000;
        String line =
                "gate: container "
                        + of.container().id()
                        + (of.container().name().isEmpty()
                                ? ""
                                : " (" + of.container().name() + ")")
                        + " armed "
                        + ms
                        + " ms after it was covered: "
                        + (of.watch().prevents() ? "prevent" : "kill")
                        + ", "
                        + is.mounts()
                        + " mounts, by "
                        + of.watch().policies();
        if (is.trouble().isEmpty()) {
            log.info(line);
        } else {
            log.warn(line + "; not watched: " + is.trouble());
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
