// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.StoreBusyException;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoredEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. Batches that wait together become durable together: one write and one
 * sync of the journal acknowledges them all; then the indexes take them in.
 */
final class Ingest {
    private static final int TOGETHER = 5000;
    private static final long CHECKPOINT_BYTES = 64L << 20;
    private static final long CHECKPOINT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int SETTLE_EVENTS = 20_000;
    private static final int MAX_REWRITES = 256;
    private static final long IDLE_MS = 200;

    private record Batch(List<StoredEvent> events, CompletableFuture<Integer> kept) {}

    private record Rewrite(
            Collection<EventId> ids,
            EventStore.Change change,
            CompletableFuture<EventStore.Changed> done) {}

    private record Snapshot(Path folder, CompletableFuture<Long> done) {}

    private record Expiry(Retention retention, long nowNs, CompletableFuture<Long> gone) {}

    private final DayIndexes days;
    private final Journal journal;
    private final InstantSource clock;
    private final int capacity;
    private final Thread thread;
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();

    /** Guards the two queues. */
    private final Object lock = new Object();

    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private final ArrayDeque<Rewrite> rewrites = new ArrayDeque<>();
    private final ArrayDeque<Snapshot> snapshots = new ArrayDeque<>();
    private final ArrayDeque<Expiry> expiries = new ArrayDeque<>();
    private int queued;
    private boolean closing;

    private volatile String trouble = "";

    /** The last place in the order of arrival that was given away. */
    private long arrival;

    /** The last one whose event, and all before it, searches can see once they refresh. */
    private volatile long arrived;

    private long settledAtNs = System.nanoTime();
    private long checkpointAtNs = System.nanoTime();

    Ingest(
            Path journalFolder,
            DayIndexes days,
            Function<byte[], StoredEvent> reader,
            InstantSource clock,
            LuceneEventStore.Settings settings)
            throws IOException {
        this.days = days;
        this.clock = clock;
        this.capacity = settings.queueEvents();
        this.arrival = settings.arrivalsAfter();
        for (DayIndex day : days.all()) {
            arrival = Math.max(arrival, day.lastArrival());
        }
        this.arrived = arrival;
        List<StoredEvent> left = new ArrayList<>();
        this.journal =
                Journal.open(
                        journalFolder,
                        body -> {
                            left.add(reader.apply(body));
                            if (left.size() >= TOGETHER) {
                                recover(left);
                            }
                        });
        recover(left);
        checkpoint();
        this.thread = Thread.ofPlatform().name("store").start(this::run);
    }

    /** What a crash left: some of it may be in the indexes already. */
    private void recover(List<StoredEvent> events) {
        try {
            List<StoredEvent> told =
                    fresh(events.stream().filter(event -> event.revision() == 0).toList());
            Set<StoredEvent> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
            fresh.addAll(told);
            for (StoredEvent event : events) {
                if (event.revision() > 0) {
                    day(event.id()).replace(event, this::nextArrival);
                } else if (fresh.contains(event)) {
                    day(event.id()).add(List.of(event), this::nextArrival);
                }
            }
            events.clear();
            arrived = arrival;
        } catch (IOException e) {
            throw new StoreException("event store: journal: " + e.getMessage(), e);
        }
    }

    int append(List<StoredEvent> events) {
        if (events.isEmpty()) {
            return 0;
        }
        Batch batch = new Batch(List.copyOf(events), new CompletableFuture<>());
        synchronized (lock) {
            refuseWhenEnded();
            if (queued > 0 && queued + events.size() > capacity) {
                refused.addAndGet(events.size());
                throw new StoreBusyException(
                        "event store: " + queued + " events wait; tell these again later");
            }
            queued += events.size();
            batches.add(batch);
            lock.notifyAll();
        }
        return await(batch.kept());
    }

    EventStore.Changed change(Collection<EventId> ids, EventStore.Change change) {
        Rewrite rewrite = new Rewrite(List.copyOf(ids), change, new CompletableFuture<>());
        synchronized (lock) {
            refuseWhenEnded();
            if (rewrites.size() >= MAX_REWRITES) {
                throw new StoreBusyException(
                        "event store: " + rewrites.size() + " changes wait; again later");
            }
            rewrites.add(rewrite);
            lock.notifyAll();
        }
        return await(rewrite.done());
    }

    private void refuseWhenEnded() {
        if (closing || !trouble.isEmpty()) {
            throw new StoreException("event store: " + (closing ? "closed" : trouble));
        }
    }

    /**
     * Puts what is kept now into a folder of the same file system.
     *
     * @return how many events
     */
    long snapshot(Path folder) {
        Snapshot snapshot = new Snapshot(folder, new CompletableFuture<>());
        synchronized (lock) {
            refuseWhenEnded();
            snapshots.add(snapshot);
            lock.notifyAll();
        }
        return await(snapshot.done());
    }

    long expire(Retention retention, long nowNs) {
        Expiry expiry = new Expiry(retention, nowNs, new CompletableFuture<>());
        synchronized (lock) {
            if (closing) {
                return 0;
            }
            expiries.add(expiry);
            lock.notifyAll();
        }
        return await(expiry.gone());
    }

    String trouble() {
        return trouble;
    }

    long arrivals() {
        return arrived;
    }

    long appended() {
        return appended.get();
    }

    long duplicates() {
        return duplicates.get();
    }

    long refused() {
        return refused.get();
    }

    long expired() {
        return expired.get();
    }

    /** Keeps what waits, makes it durable in the indexes, and ends. */
    void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException ours ? ours : e;
        }
    }

    private void run() {
        try {
            work();
        } catch (Throwable e) {
            // Out of memory, most likely: whoever waits must not wait for ever.
            stopped(e);
            System.getLogger("torimono.store")
                    .log(System.Logger.Level.ERROR, "event store: " + trouble, e);
        }
        List<CompletableFuture<?>> left = new ArrayList<>();
        synchronized (lock) {
            closing = true;
            batches.forEach(batch -> left.add(batch.kept()));
            rewrites.forEach(rewrite -> left.add(rewrite.done()));
            snapshots.forEach(snapshot -> left.add(snapshot.done()));
            batches.clear();
            rewrites.clear();
            snapshots.clear();
            expiries.forEach(expiry -> expiry.gone().complete(0L));
        }
        left.forEach(
                future ->
                        future.completeExceptionally(
                                new StoreException("event store: " + trouble)));
    }

    private void stopped(Throwable e) {
        @Nullable String why = e.getMessage();
        trouble = "stopped: " + (why == null ? e.getClass().getSimpleName() : why);
    }

    private void work() {
        while (true) {
            List<Batch> together = new ArrayList<>();
            Rewrite rewrite;
            Snapshot snapshot;
            Expiry expiry;
            synchronized (lock) {
                pause();
                take(together);
                rewrite = rewrites.poll();
                snapshot = snapshots.poll();
                expiry = expiries.poll();
                boolean idle = together.isEmpty() && rewrite == null && snapshot == null;
                if (closing && idle && expiry == null) {
                    break;
                }
            }
            if (!together.isEmpty()) {
                keep(together);
            }
            if (rewrite != null) {
                rewrite(rewrite);
            }
            if (snapshot != null) {
                snapshot(snapshot);
            }
            if (expiry != null) {
                expire(expiry);
            }
            guarded(this::upkeep);
        }
        guarded(this::checkpoint);
        guarded(journal::close);
    }

    private void pause() {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(IDLE_MS);
        long leftNs = endNs - System.nanoTime();
        while (batches.isEmpty()
                && rewrites.isEmpty()
                && snapshots.isEmpty()
                && expiries.isEmpty()
                && !closing
                && leftNs > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(lock, leftNs);
            } catch (InterruptedException e) {
                closing = true;
            }
            leftNs = endNs - System.nanoTime();
        }
    }

    private void take(List<Batch> together) {
        int events = 0;
        while (!batches.isEmpty() && events < TOGETHER) {
            Batch batch = batches.remove();
            events += batch.events().size();
            together.add(batch);
        }
        queued -= events;
    }

    /** What was under way when an error of the JVM hit is answered too. */
    private void keep(List<Batch> together) {
        try {
            keepAll(together);
        } catch (Throwable e) {
            together.forEach(batch -> batch.kept().completeExceptionally(e));
            throw e;
        }
    }

    private void keepAll(List<Batch> together) {
        List<StoredEvent> fresh = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        try {
            Set<EventId> taken = new HashSet<>();
            for (Batch batch : together) {
                List<StoredEvent> ofBatch = new ArrayList<>(fresh(batch.events()));
                ofBatch.removeIf(event -> !taken.add(event.id()));
                kept.add(ofBatch.size());
                fresh.addAll(ofBatch);
            }
            journal.append(fresh.stream().map(StoredEvent::body).toList());
        } catch (IOException | RuntimeException e) {
            StoreException failure =
                    new StoreException("event store: not kept: " + e.getMessage(), e);
            together.forEach(batch -> batch.kept().completeExceptionally(failure));
            return;
        }
        // Acknowledged already by the journal; told after, so that whoever told it finds it.
        guarded(() -> index(fresh));
        for (int i = 0; i < together.size(); i++) {
            Batch batch = together.get(i);
            appended.addAndGet(kept.get(i));
            duplicates.addAndGet(batch.events().size() - kept.get(i));
            batch.kept().complete(kept.get(i));
        }
    }

    private void rewrite(Rewrite rewrite) {
        Rewriting rewriting = new Rewriting(days);
        try {
            rewriting.plan(rewrite.ids(), rewrite.change());
            journal.append(rewriting.bodies());
        } catch (IOException | RuntimeException e) {
            rewrite.done()
                    .completeExceptionally(
                            new StoreException("event store: not changed: " + e.getMessage(), e));
            return;
        } catch (Throwable e) {
            rewrite.done().completeExceptionally(e);
            throw e;
        }
        guarded(() -> rewriting.apply(this::nextArrival));
        rewrite.done().complete(rewriting.changed());
    }

    /** Nothing is written or removed meanwhile; the files themselves never change. */
    private void snapshot(Snapshot snapshot) {
        try {
            checkpoint();
            long events = 0;
            for (DayIndex day : days.all()) {
                day.link(snapshot.folder().resolve("events").resolve(day.name()));
                events += day.events();
            }
            snapshot.done().complete(events);
        } catch (IOException | RuntimeException e) {
            snapshot.done()
                    .completeExceptionally(
                            new StoreException("event store: no snapshot: " + e.getMessage(), e));
        }
    }

    private List<StoredEvent> fresh(List<StoredEvent> events) throws IOException {
        Set<EventId> known = new HashSet<>();
        for (Map.Entry<DayIndex, List<StoredEvent>> entry : byDay(events).entrySet()) {
            known.addAll(
                    entry.getKey().known(entry.getValue().stream().map(StoredEvent::id).toList()));
        }
        return events.stream().filter(event -> known.add(event.id())).toList();
    }

    private void index(List<StoredEvent> events) throws IOException {
        for (Map.Entry<DayIndex, List<StoredEvent>> entry : byDay(events).entrySet()) {
            entry.getKey().add(entry.getValue(), this::nextArrival);
        }
        arrived = arrival;
    }

    /** Places are moments, so that they tell how far behind somebody is. */
    private long nextArrival() {
        Instant now = clock.instant();
        long nowNs = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        arrival = Math.max(arrival + 1, nowNs);
        return arrival;
    }

    private Map<DayIndex, List<StoredEvent>> byDay(List<StoredEvent> events) throws IOException {
        Map<DayIndex, List<StoredEvent>> byDay = new LinkedHashMap<>();
        for (StoredEvent event : events) {
            byDay.computeIfAbsent(day(event.id()), _ -> new ArrayList<>()).add(event);
        }
        return byDay;
    }

    private DayIndex day(EventId id) throws IOException {
        Instant now = clock.instant();
        return days.of(id, TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    private void upkeep() throws IOException {
        long nowNs = System.nanoTime();
        for (DayIndex day : days.all()) {
            boolean due = nowNs - settledAtNs >= SETTLE_NS || day.unseen() >= SETTLE_EVENTS;
            if (day.unseen() > 0 && due) {
                day.settle();
                settledAtNs = nowNs;
            }
        }
        boolean late = journal.bytes() > 0 && nowNs - checkpointAtNs >= CHECKPOINT_NS;
        if (late || journal.bytes() >= CHECKPOINT_BYTES) {
            checkpoint();
        }
    }

    private void checkpoint() throws IOException {
        for (DayIndex day : days.all()) {
            day.commit();
        }
        journal.checkpoint();
        checkpointAtNs = System.nanoTime();
    }

    private void expire(Expiry expiry) {
        try {
            long gone = days.expire(expiry.retention(), expiry.nowNs());
            expired.addAndGet(gone);
            expiry.gone().complete(gone);
        } catch (IOException | RuntimeException e) {
            expiry.gone()
                    .completeExceptionally(
                            new StoreException("event store: not expired: " + e.getMessage(), e));
        }
    }

    /** Something that leaves the store unable to go on when it fails. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    /** What was acknowledged is in the journal: a restart finds it. Nothing more is taken. */
    private void guarded(Work work) {
        try {
            work.run();
        } catch (IOException | RuntimeException e) {
            stopped(e);
        }
    }
}
