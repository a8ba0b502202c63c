// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import dev.torimono.agent.Log;
import dev.torimono.model.Container;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Enforcement.Armed;
import dev.torimono.model.Enforcement.Refusal;
import dev.torimono.model.Epoch;
import dev.torimono.response.decision.PolicySet;
import dev.torimono.response.decision.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Arms the containers that an acting policy covers, from their first process on, on a thread of its
 * own; and lets go of those that ended or are covered no more. The pipeline only says what is
 * wanted.
 */
public final class Arming implements AutoCloseable {
    private static final long AGAIN_NS = 5_000_000_000L;
    private static final long SOON_NS = 20_000_000;

    /** Of those that are armed, so many are looked at in one go. */
    private static final int DONE_AT_ONCE = 4;

    private static final long RETRY_NS = 5_000_000;
    private static final long LOOK_AGAIN_NS = 1_000_000_000;

    /** How long a container may take to get a view of files of its own. */
    private static final long YOUNG_NS = 10_000_000_000L;

    /** A container, a process in it, and what is asked for. */
    private record Wanted(
            Container container, long pid, Watch watch, long seenNs, long seenEpochNs) {}

    /** When a container was first wanted, by two clocks. */
    private record Seen(long monotonicNs, long epochNs) {}

    private final Enforcement enforcement;
    private final Log log;

    /** Of which it was said that they are armed; the arming thread. */
    private final Set<String> told = new HashSet<>();

    private volatile Map<String, Wanted> wanted = Map.of();
    private final Map<String, Seen> firstSeen = new LinkedHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("arming").unstarted(this::run);
    private volatile boolean changed = true;

    /** Whether some container's files are not watched yet. */
    private volatile boolean unfinished;

    /** Full ids of containers in which no exec runs unjudged any more. */
    private volatile Set<String> armedNow = Set.of();

    /** What the kernel refuses by itself, by full id of the container. */
    private volatile Map<String, Refusal> inKernel = Map.of();

    /** That is other than it was when programs were judged. */
    private volatile boolean refusesOther;

    private volatile boolean closed;
    private long lookedNs = Long.MIN_VALUE / 2;
    private boolean started;
    private boolean expecting;

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
        // By the process that armed it first nothing may be seen yet, or it has ended.
        long again = unfinished ? RETRY_NS : LOOK_AGAIN_NS;
        if (!changed && nowNs - lookedNs < again) {
            return;
        }
        changed = false;
        lookedNs = nowNs;
        if (!started && !policies.acting().any()) {
            return;
        }
        if (policies.acting().any() != expecting) {
            expecting = policies.acting().any();
            enforcement.expect(expecting);
        }
        List<Container> containers = bench.containers();
        Map<String, Wanted> next = new LinkedHashMap<>();
        for (Container container : containers) {
            Watch watch = policies.watch(container);
            boolean arms = watch.holds() || watch.unsettled();
            long pid = arms ? bench.processIn(container) : 0;
            if (pid > 0) {
                Seen seen =
                        firstSeen.computeIfAbsent(
                                container.fullId(), _ -> new Seen(nowNs, epochNs()));
                next.put(
                        container.fullId(),
                        new Wanted(container, pid, watch, seen.monotonicNs(), seen.epochNs()));
            }
        }
        firstSeen.keySet().retainAll(next.keySet());
        if (asksForOther(wanted, next) || refusesOther) {
            refusesOther = false;
            renew.run();
        }
        wanted = next;
        if (!started) {
            started = true;
            thread.start();
        }
        LockSupport.unpark(thread);
    }

    /** Whether no exec of a container runs unjudged. Any thread. */
    public boolean isArmed(Container container) {
        return armedNow.contains(container.fullId());
    }

    /** What the kernel refuses in a container by itself. Any thread. */
    public Refusal inKernel(Container container) {
        return inKernel.getOrDefault(container.fullId(), Refusal.NONE);
    }

    private void armed(Map<String, Armed> armed) {
        armedNow = Set.copyOf(armed.keySet());
        Map<String, Refusal> now = new HashMap<>();
        armed.forEach((id, is) -> now.put(id, is.inKernel()));
        now.values().removeIf(Refusal::none);
        if (!now.equals(inKernel)) {
            inKernel = Map.copyOf(now);
            refusesOther = true;
            changed = true;
        }
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
            told.remove(gone);
            log.debug("gate: container " + gone + " let go");
        }
        boolean young = false;
        boolean old = false;
        int again = DONE_AT_ONCE;
        for (Wanted each : inTurn(now, armed)) {
            String id = each.container().fullId();
            Armed was = armed.get(id);
            long nowNs = System.nanoTime();
            boolean done = isDone(was, each);
            boolean recent = nowNs - each.seenNs() < YOUNG_NS;
            long pause = done ? AGAIN_NS : recent ? RETRY_NS : LOOK_AGAIN_NS;
            boolean due = nowNs - lookedAt.getOrDefault(id, Long.MIN_VALUE / 2) >= pause;
            if (due && (!done || again-- > 0)) {
                lookedAt.put(id, nowNs);
                Armed is =
                        enforcement.arm(
                                new Enforcement.Arming(
                                        id,
                                        each.pid(),
                                        each.watch().memoryDies(),
                                        each.watch().refusal()));
                if (is.sinceNs() != 0) {
                    armed.put(id, is);
                }
                boolean same = told.contains(id) && was != null && was.sinceNs() == is.sinceNs();
                if (is.mounts() > 0 && !same && each.watch().holds()) {
                    told.add(id);
                    tell(each, is);
                }
                done = isDone(is, each);
            }
            young |= !done && recent;
            old |= !done && !recent;
        }
        unfinished = young;
        armed(armed);
        return young ? RETRY_NS : again < 0 ? SOON_NS : old ? LOOK_AGAIN_NS : AGAIN_NS;
    }

    /** Those that are not armed yet first: nobody waits behind hundreds that are. */
    private List<Wanted> inTurn(Map<String, Wanted> now, Map<String, Armed> armed) {
        List<Wanted> all = new ArrayList<>(now.size());
        List<Wanted> done = new ArrayList<>(now.size());
        for (Wanted each : now.values()) {
            (isDone(armed.get(each.container().fullId()), each) ? done : all).add(each);
        }
        all.addAll(done);
        return all;
    }

    /** Whether its files are watched, and it was told if there is anything to tell. */
    private boolean isDone(@Nullable Armed is, Wanted of) {
        return is != null
                && is.mounts() > 0
                && (!of.watch().holds() || told.contains(of.container().fullId()));
    }

    private void tell(Wanted of, Armed is) {
        long watchedMs = (System.nanoTime() - of.seenNs()) / 1_000_000;
        long armedMs = (is.sinceNs() - of.seenEpochNs()) / 1_000_000;
        String line =
                "gate: container "
                        + of.container().id()
                        + (of.container().name().isEmpty()
                                ? ""
                                : " (" + of.container().name() + ")")
                        + " armed "
                        + Math.max(0, armedMs)
                        + " ms after it was seen, its "
                        + is.mounts()
                        + " mounts after "
                        + watchedMs
                        + " ms: "
                        + (of.watch().prevents() ? "prevent" : "kill")
                        + (is.inKernel().none() ? "" : " (in the kernel, too)")
                        + ", by "
                        + of.watch().policies();
        String watched = is.trouble().isEmpty() ? "" : "; not watched: " + is.trouble();
        String judged =
                is.knowsImage() || !of.watch().driftActs()
                        ? ""
                        : "; its root is on "
                                + is.storage()
                                + ", not overlayfs: what its image brought cannot be told; drift"
                                + " judges memory, deleted files and lists only, and all of it as a"
                                + " volume";
        if (watched.isEmpty() && judged.isEmpty()) {
            log.info(line);
        } else {
            log.warn(line + watched + judged);
        }
    }

    private static long epochNs() {
        return Epoch.ns(Instant.now());
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
