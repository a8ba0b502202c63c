// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.StoreBusyException;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoredEvent;
import dev.torimono.collector.store.lucene.IngestQueue.Batch;
import dev.torimono.collector.store.lucene.IngestQueue.Expiry;
import dev.torimono.collector.store.lucene.IngestQueue.Request;
import dev.torimono.collector.store.lucene.IngestQueue.Rewrite;
import dev.torimono.collector.store.lucene.IngestQueue.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The way to the one thread that writes. What waits together becomes durable together and is
 * acknowledged at once. Any thread asks, and waits for the answer.
 */
final class Ingest {
    private final IngestQueue queue;
    private final IngestWork work;
    private final Thread thread;
    private final AtomicLong refused = new AtomicLong();

    Ingest(
            DayIndexes days,
            Function<byte[], StoredEvent> reader,
            InstantSource clock,
            LuceneEventStore.Settings settings)
            throws IOException {
        this.queue = new IngestQueue(settings.queueEvents());
        this.work =
                new IngestWork(
                        queue,
                        days,
                        new DiskRoom(settings.folder()),
                        after -> new Keeping(days, reader, clock, settings.after(after)),
                        settings.arrivalsAfter());
        this.thread = Thread.ofPlatform().name("store").start(work);
    }

    int append(List<StoredEvent> events) {
        if (events.isEmpty()) {
            return 0;
        }
        Batch batch = new Batch(List.copyOf(events), new CompletableFuture<>());
        try {
            return asked(batch, batch.done());
        } catch (StoreBusyException e) {
            refused.addAndGet(events.size());
            throw e;
        }
    }

    EventStore.Changed change(Collection<EventId> ids, EventStore.Change change) {
        Rewrite rewrite = new Rewrite(List.copyOf(ids), change, new CompletableFuture<>());
        return asked(rewrite, rewrite.done());
    }

    /**
     * Puts what is kept now into a folder of the same file system.
     *
     * @return how many events
     */
    long snapshot(Path folder) {
        Snapshot snapshot = new Snapshot(folder, new CompletableFuture<>());
        return asked(snapshot, snapshot.done());
    }

    long expire(Retention retention, long nowNs) {
        if (queue.isClosing()) {
            return 0;
        }
        Expiry expiry = new Expiry(retention, nowNs, new CompletableFuture<>());
        return asked(expiry, expiry.done());
    }

    private <T> T asked(Request request, CompletableFuture<T> done) {
        queue.add(request);
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreException ours ? ours : e;
        }
    }

    String trouble() {
        return work.trouble();
    }

    /** The end of the order of arrival, as far as searches see it. */
    long arrivals() {
        return work.arrivals();
    }

    long appended() {
        return work.appended();
    }

    long duplicates() {
        return work.duplicates();
    }

    long refused() {
        return refused.get();
    }

    long expired() {
        return work.expired();
    }

    /** Keeps what waits, makes it durable in the indexes, and ends. */
    void close() {
        queue.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
