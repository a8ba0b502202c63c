// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import dev.torimono.agent.Log;
import dev.torimono.agent.policy.Past;
import dev.torimono.host.Host;
import dev.torimono.model.Container;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Recorder;
import dev.torimono.response.action.Target;
import dev.torimono.response.policy.Actions.Capture;
import dev.torimono.sensor.scap.EventBlocks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last seconds of every container in memory while a policy may ask for them, and saves
 * them with what follows. Bounded in bytes for each container and for all; what is pushed out is
 * the oldest. The pipeline's thread, but for {@link #record}.
 */
public final class RecentPast implements Recorder, Past, AutoCloseable {
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long MOST_BYTES = 32L << 20;
    private static final long MOST_BYTES_EACH = 8L << 20;
    private static final int MOST_CONTAINERS = 512;
    private static final int MOST_REQUESTS = 64;

    /** Events may be this late. */
    private static final long GRACE_NS = 2 * NS_PER_S;

    private static final String HOST = "host";
    private static final EventType EXIT = EventType.symbol("PROCEXIT_1_E");

    private final Host host;
    private final LongSupplier clock;
    private final CaptureWriter writer;
    private final EventBlocks blocks = new EventBlocks();
    private final Map<String, PastRing> rings = new HashMap<>();
    private final Map<String, Request> requests = new ConcurrentHashMap<>();
    private volatile boolean wanted;
    private long beforeNs;
    private long bytes;
    private long forgotNs;

    private record Request(Path file, long fromNs, long untilNs) {
        Request widest(Request other) {
            return new Request(
                    file, Math.min(fromNs, other.fromNs), Math.max(untilNs, other.untilNs));
        }
    }

    /**
     * Saves into a folder, which is made when it is needed.
     *
     * @param clock ns since the epoch
     */
    public RecentPast(Host host, Path folder, LongSupplier clock, Log log) {
        this.host = host;
        this.clock = clock;
        this.writer = new CaptureWriter(folder, log);
    }

    /** What policies may ask for from now on; null for nothing, and then nothing is kept. */
    @Override
    public void want(@Nullable Capture widest) {
        wanted = widest != null;
        beforeNs = widest == null ? 0 : widest.beforeS() * NS_PER_S;
        if (widest == null) {
            rings.values().removeIf(ring -> ring.recording() == null);
            bytes = rings.values().stream().mapToLong(PastRing::bytes).sum();
        }
    }

    @Override
    public boolean isWanted() {
        return wanted;
    }

    /** Keeps an event. */
    @Override
    public void keep(Event event, Observation observation) {
        PastRing ring = ring(observation.container());
        if (ring == null) {
            return;
        }
        long before = ring.bytes();
        int length = blocks.fill(event);
        ring.add(blocks.bytes(), length, event.timestampNs());
        Task task = observation.task();
        if (task != null && event.type() == EXIT && task.isLeader()) {
            ring.ended(task);
        }
        bytes += ring.bytes() - before;
        if (ring.bytes() > MOST_BYTES_EACH) {
            bytes -= ring.forgetOldest();
        }
        while (bytes > MOST_BYTES && forgetOldest()) {}
    }

    private @Nullable PastRing ring(@Nullable Container container) {
        PastRing ring = rings.get(key(container));
        if (ring == null && rings.size() < MOST_CONTAINERS) {
            ring = new PastRing();
            rings.put(key(container), ring);
        }
        if (ring != null && container != null) {
            ring.container(container);
        }
        return ring;
    }

    private static String key(@Nullable Container container) {
        return container == null ? HOST : container.fullId();
    }

    /** Of all containers the one whose past reaches back furthest loses first. */
    private boolean forgetOldest() {
        PastRing oldest = null;
        for (PastRing ring : rings.values()) {
            if (oldest == null || ring.oldestNs() < oldest.oldestNs()) {
                oldest = ring;
            }
        }
        if (oldest == null) {
            return false;
        }
        int gone = oldest.forgetOldest();
        bytes -= gone;
        return gone > 0;
    }

    /** Returns at once; the file is whole when the time after the event has passed. */
    @Override
    public Outcome record(Capture capture, Target target) {
        if (requests.size() >= MOST_REQUESTS) {
            return Outcome.failed("as many captures as may be are under way");
        }
        String key = key(target.container());
        String id = target.container() == null ? HOST : target.container().id();
        String time =
                Instant.ofEpochSecond(
                                target.eventNs() / NS_PER_S,
                                target.eventNs() % NS_PER_S / 1_000_000 * 1_000_000)
                        .toString()
                        .replace(":", "");
        Request request =
                new Request(
                        writer.file(time + "-" + id),
                        target.eventNs() - capture.beforeS() * NS_PER_S,
                        target.eventNs() + capture.afterS() * NS_PER_S);
        Request merged = requests.merge(key, request, Request::widest);
        return new Outcome(Outcome.DONE.status(), merged.file().toString());
    }

    /** Housekeeping between batches: begins and ends what was asked for, forgets what is old. */
    @Override
    public void tick() {
        if (!wanted && requests.isEmpty()) {
            return;
        }
        long nowNs = clock.getAsLong();
        for (Map.Entry<String, Request> entry : List.copyOf(requests.entrySet())) {
            advance(entry.getKey(), entry.getValue(), nowNs);
        }
        if (nowNs - forgotNs > NS_PER_S) {
            forgotNs = nowNs;
            long oldest = nowNs - beforeNs - GRACE_NS;
            rings.values().forEach(ring -> ring.forgetBefore(oldest));
            rings.values().removeIf(r -> r.recording() == null && r.lastNs() < oldest);
            bytes = rings.values().stream().mapToLong(PastRing::bytes).sum();
        }
    }

    private void advance(String key, Request request, long nowNs) {
        PastRing ring = rings.computeIfAbsent(key, _ -> new PastRing());
        Recording recording = ring.recording();
        if (recording == null) {
            begin(key, ring, request);
        } else {
            recording.extend(request.untilNs());
            if (nowNs > recording.untilNs() + GRACE_NS) {
                end(ring, recording);
                requests.remove(key, request);
            }
        }
    }

    private void begin(String key, PastRing ring, Request request) {
        List<Chunk> past = ring.past();
        long oldestNs = Math.max(ring.oldestNs(), request.fromNs());
        Predicate<Task> in = task -> key(task.container()).equals(key);
        // Who was born since is told by the events themselves.
        Supplier<dev.torimono.model.Snapshot> state =
                host.snapshotLater(
                        task -> in.test(task) && task.cloneTimeNs() < oldestNs,
                        ring.endedSince(oldestNs));
        Recording recording = new Recording(request.file(), writer, request.untilNs());
        CaptureWriter.Beginning beginning =
                new CaptureWriter.Beginning(state, ring.container(), request.fromNs(), past);
        if (writer.begin(recording, beginning)) {
            ring.recording(recording);
        } // else again at the next tick
    }

    private void end(PastRing ring, Recording recording) {
        ring.seal();
        ring.recording(null);
        writer.end(recording);
    }

    @Override
    public void close() {
        requests.forEach(
                (key, request) -> {
                    PastRing ring = rings.get(key);
                    if (ring != null && ring.recording() == null) {
                        begin(key, ring, request);
                    }
                });
        for (PastRing ring : new ArrayList<>(rings.values())) {
            Recording recording = ring.recording();
            if (recording != null) {
                end(ring, recording);
            }
        }
        writer.close();
    }
}
