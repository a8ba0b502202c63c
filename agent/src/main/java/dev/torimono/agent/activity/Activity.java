// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.activity;

import dev.torimono.agent.activity.Deed.Kind;
import dev.torimono.host.Host;
import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the trees of alerts: in a container everything that runs there, on the host what the
 * parent of the alert's process started. Tells their recent past at once and what they do for a
 * minute, in bounds. The pipeline's thread, but for {@link #alerted} and the counters.
 */
public final class Activity {
    private static final long AFTER_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long TOLD_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int MOST_WATCHES = 64;
    private static final int MOST_ALERTS = 256;
    private static final int MOST_FOREBEARS = 64;

    /** Files and connections that are remembered each second in case their tree alerts. */
    private static final int MOST_OTHERS_A_SECOND = 1000;

    private static final String HOST = "host";

    private final World world;
    private final LongSupplier clock;
    private final Telling telling;
    private final Deeds deeds = new Deeds();
    private final RecentDeeds past = new RecentDeeds();
    private final Map<String, Watch> ofContainers = new HashMap<>();
    private final Map<Task, Watch> ofTrees = new HashMap<>();
    private final ArrayBlockingQueue<Alert> alerts = new ArrayBlockingQueue<>(MOST_ALERTS);
    private final AtomicLong unwatched = new AtomicLong();
    private long second;
    private int othersThisSecond;
    private long toldNs;

    /** What it asks of the host, on the pipeline's thread only. */
    public interface World {
        /** A process as it was at a deed. */
        Ancestor describe(Task task, dev.torimono.model.Text comm, dev.torimono.model.Image image);

        @Nullable Task task(long tid);

        /** Every living process of a container, by its full id. */
        List<Task> processesOf(String containerId);

        List<Task> descendants(Task task);

        /** The world of this machine. */
        static World of(Host host) {
            return new World() {
                @Override
                public Ancestor describe(
                        Task task, dev.torimono.model.Text comm, dev.torimono.model.Image image) {
                    return host.describe(task, comm, image);
                }

                @Override
                public @Nullable Task task(long tid) {
                    return host.task(tid);
                }

                @Override
                public List<Task> processesOf(String containerId) {
                    return host.processesOf(containerId);
                }

                @Override
                public List<Task> descendants(Task task) {
                    return host.descendants(task);
                }
            };
        }
    }

    /** Takes what is to be told of one tree; never waits. */
    @FunctionalInterface
    public interface Telling {
        /** False when there is no room. */
        boolean tell(byte[] json);
    }

    /**
     * @param clock ns since the epoch
     */
    public Activity(World world, LongSupplier clock, Telling telling) {
        this.world = world;
        this.clock = clock;
        this.telling = telling;
    }

    /** An alert was told: its tree is of interest from now on. Any thread; never waits. */
    public void alerted(Alert alert) {
        if (!alert.lineage().isEmpty() && !alerts.offer(alert)) {
            unwatched.incrementAndGet();
        }
    }

    /** Alerts whose trees were not looked at, for want of room. */
    public long unwatched() {
        return unwatched.get();
    }

    /** Shows it an event after it was judged. */
    public void saw(Observation observation) {
        Event event = observation.event();
        Kind kind = deeds.kind(event);
        if (kind == null || (!Deeds.lifecycle().contains(kind) && !room(event.timestampNs()))) {
            return;
        }
        Deed deed = deeds.of(kind, observation);
        if (deed == null) {
            return;
        }
        past.add(deed);
        if (watches()) {
            Watch watch = watch(deed.task());
            if (watch != null) {
                watch.add(deed);
            }
        }
    }

    private boolean room(long timeNs) {
        long now = timeNs / TOLD_EVERY_NS;
        if (now != second) {
            second = now;
            othersThisSecond = 0;
        }
        return othersThisSecond++ < MOST_OTHERS_A_SECOND || watches();
    }

    private boolean watches() {
        return !ofContainers.isEmpty() || !ofTrees.isEmpty();
    }

    private @Nullable Watch watch(Task task) {
        Container in = task.container();
        if (in != null) {
            return ofContainers.get(in.fullId());
        }
        Task at = ofTrees.isEmpty() ? null : task;
        for (int i = 0; i < MOST_FOREBEARS && at != null; i++) {
            Watch watch = ofTrees.get(at);
            if (watch != null) {
                return watch;
            }
            at = at.ancestor(1);
        }
        return null;
    }

    /** Housekeeping between batches. */
    public void tick() {
        for (Alert alert = alerts.poll(); alert != null; alert = alerts.poll()) {
            begin(alert);
        }
        long nowNs = clock.getAsLong();
        if (nowNs - toldNs >= TOLD_EVERY_NS || nowNs < toldNs) {
            toldNs = nowNs;
            past.forgetBefore(nowNs - RecentDeeds.KEPT_NS);
            tell(ofContainers, nowNs);
            tell(ofTrees, nowNs);
        }
    }

    private void begin(Alert alert) {
        long untilNs = clock.getAsLong() + AFTER_NS;
        Container container = alert.container();
        if (container != null) {
            String id = container.fullId();
            Watch watch = ofContainers.get(id);
            if (watch == null && admit()) {
                watch = watch(untilNs);
                ofContainers.put(id, watch);
                catchUp(watch, world.processesOf(id), deed -> isIn(deed.task(), id));
            }
            extend(watch, untilNs);
            return;
        }
        Task root = root(alert.lineage().getFirst());
        Watch watch = root == null ? null : watch(root);
        if (root != null && watch == null && admit()) {
            watch = watch(untilNs);
            ofTrees.put(root, watch);
            List<Task> living = new ArrayList<>(world.descendants(root));
            living.addFirst(root);
            catchUp(watch, living, deed -> watch(deed.task()) == ofTrees.get(root));
        }
        extend(watch, untilNs);
    }

    private Watch watch(long untilNs) {
        return new Watch(deed -> world.describe(deed.task(), deed.comm(), deed.image()), untilNs);
    }

    private boolean admit() {
        if (ofContainers.size() + ofTrees.size() < MOST_WATCHES) {
            return true;
        }
        unwatched.incrementAndGet();
        return false;
    }

    private static void extend(@Nullable Watch watch, long untilNs) {
        if (watch != null) {
            watch.extend(untilNs);
        }
    }

    private void catchUp(Watch watch, List<Task> living, Predicate<Deed> isOfIt) {
        past.of(isOfIt).forEach(watch::add);
        long nowNs = clock.getAsLong();
        living.forEach(task -> watch.add(Deed.of(Kind.PROCESS, nowNs, task)));
    }

    private static boolean isIn(Task task, String container) {
        Container in = task.container();
        return in != null && in.fullId().equals(container);
    }

    /** The parent of an alert's process, or itself when only the system stands above it. */
    private @Nullable Task root(Ancestor of) {
        Task task = world.task(of.pid());
        if (task == null || task.startNs() != of.startNs()) {
            task =
                    past.of(deed -> isSame(deed.task(), of)).stream()
                            .map(Deed::task)
                            .findFirst()
                            .orElse(null);
        }
        Task parent = task == null ? null : task.ancestor(1);
        return parent == null || parent.pid() <= 2 ? task : parent;
    }

    private static boolean isSame(Task task, Ancestor of) {
        return task.pid() == of.pid() && task.startNs() == of.startNs();
    }

    private <K> void tell(Map<K, Watch> watches, long nowNs) {
        Iterator<Map.Entry<K, Watch>> all = watches.entrySet().iterator();
        while (all.hasNext()) {
            Watch watch = all.next().getValue();
            if (watch.hasNews()) {
                List<Watch.Line> lines = watch.take();
                Map<String, Long> leftOut = watch.takeLeftOut();
                String place = lines.isEmpty() ? HOST : lines.getFirst().who().containerId();
                if (!telling.tell(ActivityJson.of(place, nowNs, lines, leftOut))) {
                    unwatched.incrementAndGet();
                }
            }
            if (watch.isOver(nowNs)) {
                all.remove();
            }
        }
    }
}
