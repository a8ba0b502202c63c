// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore.Changed;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoredEvent;
import dev.torimono.collector.store.lucene.IngestQueue.Batch;
import dev.torimono.collector.store.lucene.IngestQueue.Expiry;
import dev.torimono.collector.store.lucene.IngestQueue.Rewrite;
import dev.torimono.model.Epoch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Writes what is to be kept: into the journal, where it is safe, then into the indexes, where it is
 * found. One thread only.
 */
final class Keeping {
    /** Read back after a crash in a few seconds. */
    private static final long CHECKPOINT_BYTES = 96L << 20;

    private static final long CHECKPOINT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long IDLE_MS = 1000;
    private static final long UNSEEN_MS = 50;
    private static final int BURST_EVENTS = 500;
    private static final int SETTLE_EVENTS = 20_000;
    private static final int TOGETHER = 5000;

    private final DayIndexes days;
    private final Journal journal;
    private final Bodies bodies = new Bodies();
    private final InstantSource clock;
    private final long settleNs;

    /** The last place in the order of arrival that was given away. */
    private long arrival;

    /** The last one whose event, and all before it, searches see. */
    private volatile long arrived;

    private long settledAtNs = System.nanoTime();
    private long checkpointAtNs = System.nanoTime();

    /** Opens the journal, and takes into the indexes what a crash left there. */
    Keeping(
            DayIndexes days,
            Function<byte[], StoredEvent> reader,
            InstantSource clock,
            LuceneEventStore.Settings settings)
            throws IOException {
        this.days = days;
        this.clock = clock;
        this.settleNs = TimeUnit.MILLISECONDS.toNanos(settings.refreshMs());
        this.arrival = settings.arrivalsAfter();
        for (DayIndex day : days.all()) {
            arrival = Math.max(arrival, day.lastArrival());
        }
        List<Entry> left = new ArrayList<>();
        this.journal =
                Journal.open(
                        settings.folder().resolve("journal"),
                        packed -> {
                            left.add(new Entry(reader.apply(Bodies.read(packed)), packed));
                            if (left.size() >= TOGETHER) {
                                recover(left);
                            }
                        });
        try {
            recover(left);
            checkpoint();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What a crash left: some of it may be in the indexes already. */
    private void recover(List<Entry> entries) {
        try {
            Set<EventId> known = known(entries);
            for (Entry entry : entries) {
                Entry packed = entry(entry.event());
                if (entry.event().revision() > 0) {
                    day(entry.id()).replace(packed, this::nextArrival);
                } else if (known.add(entry.id())) {
                    day(entry.id()).add(List.of(packed), this::nextArrival);
                }
            }
            entries.clear();
            settle();
        } catch (IOException e) {
            throw new StoreException("event store: journal: " + e.getMessage(), e);
        }
    }

    long arrived() {
        return arrived;
    }

    /**
     * Makes batches durable together: one write and one sync of the journal for all of them.
     *
     * @return what of each was new
     * @throws IOException when nothing of them is kept
     */
    List<List<Entry>> keep(List<Batch> together) throws IOException {
        List<List<Entry>> kept = new ArrayList<>();
        List<byte[]> records = new ArrayList<>();
        Set<EventId> taken = new HashSet<>();
        for (Batch batch : together) {
            Set<EventId> known = knownEvents(batch.events());
            List<Entry> fresh = new ArrayList<>(batch.events().size());
            for (StoredEvent event : batch.events()) {
                if (known.add(event.id()) && taken.add(event.id())) {
                    Entry entry = entry(event);
                    fresh.add(entry);
                    records.add(entry.packed());
                }
            }
            kept.add(fresh);
        }
        journal.append(records);
        return kept;
    }

    private Entry entry(StoredEvent event) {
        return new Entry(event, bodies.pack(event.body()));
    }

    /** Adds to the indexes what is in the journal. */
    void index(List<List<Entry>> kept) throws IOException {
        for (List<Entry> batch : kept) {
            for (Map.Entry<DayIndex, List<Entry>> of : byDay(batch).entrySet()) {
                of.getKey().add(of.getValue(), this::nextArrival);
            }
        }
        if (settleNs == 0) {
            settle();
        }
    }

    /** Changes that wait together, one after another; the journal has them when this returns. */
    final class Changes {
        private final Rewriting rewriting = new Rewriting(days, bodies);
        private final List<Rewrite> planned = new ArrayList<>();
        private final List<Changed> changed = new ArrayList<>();

        /** Finds out what comes of one; those before it count as done. */
        void plan(Rewrite rewrite) {
            try {
                changed.add(rewriting.plan(rewrite.ids(), rewrite.change()));
                planned.add(rewrite);
            } catch (IOException | RuntimeException e) {
                rewrite.done().completeExceptionally(notChanged(e));
            }
        }

        /** Makes all of them durable; false when none is. */
        boolean write() {
            try {
                journal.append(rewriting.records());
                return true;
            } catch (IOException e) {
                planned.forEach(rewrite -> rewrite.done().completeExceptionally(notChanged(e)));
                return false;
            }
        }

        void apply() throws IOException {
            rewriting.apply(Keeping.this::nextArrival);
        }

        /** Tells those who asked. */
        void done() {
            for (int i = 0; i < planned.size(); i++) {
                planned.get(i).done().complete(changed.get(i));
            }
        }

        private static StoreException notChanged(Exception e) {
            return new StoreException("event store: not changed: " + e.getMessage(), e);
        }
    }

    /** Nothing is written or removed meanwhile; the files themselves never change. */
    long snapshot(Path folder) throws IOException {
        checkpoint();
        long events = 0;
        for (DayIndex day : days.all()) {
            day.link(folder.resolve("events").resolve(day.name()));
            events += day.events();
        }
        return events;
    }

    long expire(Expiry expiry) throws IOException {
        return days.expire(expiry.retention(), expiry.nowNs());
    }

    private Set<EventId> known(List<Entry> entries) throws IOException {
        return knownEvents(
                entries.stream().map(Entry::event).filter(event -> event.revision() == 0).toList());
    }

    private Set<EventId> knownEvents(List<StoredEvent> events) throws IOException {
        Map<DayIndex, List<EventId>> byDay = new LinkedHashMap<>();
        for (StoredEvent event : events) {
            byDay.computeIfAbsent(day(event.id()), _ -> new ArrayList<>()).add(event.id());
        }
        Set<EventId> known = new HashSet<>();
        for (Map.Entry<DayIndex, List<EventId>> entry : byDay.entrySet()) {
            known.addAll(entry.getKey().known(entry.getValue()));
        }
        return known;
    }

    private Map<DayIndex, List<Entry>> byDay(List<Entry> entries) throws IOException {
        Map<DayIndex, List<Entry>> byDay = new LinkedHashMap<>();
        for (Entry entry : entries) {
            byDay.computeIfAbsent(day(entry.id()), _ -> new ArrayList<>()).add(entry);
        }
        return byDay;
    }

    private DayIndex day(EventId id) throws IOException {
        return days.of(id, nowNs());
    }

    /** Places are moments, so that they tell how far behind somebody is. */
    private long nextArrival() {
        arrival = Math.max(arrival + 1, nowNs());
        return arrival;
    }

    private long nowNs() {
        return Epoch.ns(clock.instant());
    }

    /** How long to wait for more before the next {@link #upkeep}. */
    long patienceMs() {
        return unseen() > 0 ? UNSEEN_MS : IDLE_MS;
    }

    private int unseen() {
        return days.all().stream().mapToInt(DayIndex::unseen).sum();
    }

    /** What is to be done from time to time. */
    void upkeep() throws IOException {
        long nowNs = System.nanoTime();
        int unseen = unseen();
        // In a burst half as often: every time makes a segment, and small ones are work twice.
        long afterNs = unseen < BURST_EVENTS ? settleNs : 2 * settleNs;
        if (unseen >= SETTLE_EVENTS || (unseen > 0 && nowNs - settledAtNs >= afterNs)) {
            settle();
        }
        boolean late = journal.bytes() > 0 && nowNs - checkpointAtNs >= CHECKPOINT_NS;
        if (late || journal.bytes() >= CHECKPOINT_BYTES) {
            checkpoint();
        }
    }

    /** Shows searches all that was added. */
    private void settle() throws IOException {
        for (DayIndex day : days.all()) {
            if (day.unseen() > 0) {
                day.settle();
            }
        }
        arrived = arrival;
        settledAtNs = System.nanoTime();
    }

    /** Makes the indexes durable, and begins another journal. */
    void checkpoint() throws IOException {
        for (DayIndex day : days.all()) {
            day.commit();
        }
        journal.checkpoint();
        checkpointAtNs = System.nanoTime();
    }

    void close() throws IOException {
        journal.close();
        bodies.close();
    }
}
