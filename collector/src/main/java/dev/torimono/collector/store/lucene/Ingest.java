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
import dev.torimono.collector.store.lucene.IngestQueue.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes. What waits together becomes durable together and is acknowledged at
 * once. Any thread asks, and waits for the answer.
 */
final class Ingest {
    private final Keeping keeping;
    private final IngestQueue queue;
    private final Thread thread;
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();

    Ingest(
            Path journalFolder,
            DayIndexes days,
            Function<byte[], StoredEvent> reader,
            InstantSource clock,
            LuceneEventStore.Settings settings)
            throws IOException {
        this.keeping = new Keeping(journalFolder, days, reader, clock, settings);
        this.queue = new IngestQueue(settings.queueEvents());
        this.thread = Thread.ofPlatform().name("store").start(this::run);
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
        return queue.trouble();
    }

    /** The end of the order of arrival, as far as searches see it. */
    long arrivals() {
        return keeping.arrived();
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
        queue.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            work();
        } catch (Throwable e) {
            // Out of memory, most likely: whoever waits must not wait for ever.
            stopped(e);
            System.getLogger("torimono.store")
                    .log(System.Logger.Level.ERROR, "event store: " + queue.trouble(), e);
        }
        queue.end();
    }

    private void stopped(Throwable e) {
        @Nullable String why = e.getMessage();
        queue.stop("stopped: " + (why == null ? e.getClass().getSimpleName() : why));
    }

    private void work() {
        while (true) {
            Work work = queue.take(keeping.patienceMs());
            if (work.isEmpty() && queue.isClosing()) {
                break;
            }
            try {
                keep(work.batches());
                change(work.rewrites());
                other(work.other());
            } catch (Throwable e) {
                // What was under way when an error of the JVM hit is answered too.
                fail(work, e);
                throw e;
            }
            guarded(keeping::upkeep);
        }
        guarded(keeping::checkpoint);
        guarded(keeping::close);
    }

    private static void fail(Work work, Throwable e) {
        work.batches().forEach(batch -> batch.done().completeExceptionally(e));
        work.rewrites().forEach(rewrite -> rewrite.done().completeExceptionally(e));
        Request other = work.other();
        if (other != null) {
            other.done().completeExceptionally(e);
        }
    }

    private void keep(List<Batch> together) {
        if (together.isEmpty()) {
            return;
        }
        List<List<Entry>> kept;
        try {
            kept = keeping.keep(together);
        } catch (IOException | RuntimeException e) {
            StoreException failure =
                    new StoreException("event store: not kept: " + e.getMessage(), e);
            together.forEach(batch -> batch.done().completeExceptionally(failure));
            return;
        }
        // Safe already in the journal; told after, so that whoever told it finds it.
        guarded(() -> keeping.index(kept));
        for (int i = 0; i < together.size(); i++) {
            Batch batch = together.get(i);
            int fresh = kept.get(i).size();
            appended.addAndGet(fresh);
            duplicates.addAndGet(batch.events().size() - fresh);
            batch.done().complete(fresh);
        }
    }

    private void change(List<Rewrite> rewrites) {
        if (rewrites.isEmpty()) {
            return;
        }
        Keeping.Changes changes = keeping.new Changes();
        rewrites.forEach(changes::plan);
        if (changes.write()) {
            guarded(changes::apply);
            changes.done();
        }
    }

    private void other(@Nullable Request request) {
        switch (request) {
            case null -> {}
            case Snapshot snapshot ->
                    answer(
                            snapshot.done(),
                            "no snapshot",
                            () -> keeping.snapshot(snapshot.folder()));
            case Expiry expiry -> answer(expiry.done(), "not expired", () -> expire(expiry));
            case Batch _, Rewrite _ -> throw new IllegalStateException("has a place of its own");
        }
    }

    private long expire(Expiry expiry) throws IOException {
        long gone = keeping.expire(expiry);
        expired.addAndGet(gone);
        return gone;
    }

    /** Something that leaves the store as it was when it fails. */
    @FunctionalInterface
    private interface Question {
        long ask() throws IOException;
    }

    private static void answer(CompletableFuture<Long> done, String not, Question question) {
        try {
            done.complete(question.ask());
        } catch (IOException | RuntimeException e) {
            done.completeExceptionally(
                    new StoreException("event store: " + not + ": " + e.getMessage(), e));
        }
    }

    /** Something that leaves the store unable to go on when it fails. */
    @FunctionalInterface
    private interface Deed {
        void run() throws IOException;
    }

    /** What was acknowledged is in the journal: a restart finds it. Nothing more is taken. */
    private void guarded(Deed deed) {
        try {
            deed.run();
        } catch (IOException | RuntimeException e) {
            stopped(e);
        }
    }
}
