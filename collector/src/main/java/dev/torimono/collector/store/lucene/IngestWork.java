// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.StoreBusyException;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.lucene.IngestQueue.Batch;
import dev.torimono.collector.store.lucene.IngestQueue.Expiry;
import dev.torimono.collector.store.lucene.IngestQueue.Request;
import dev.torimono.collector.store.lucene.IngestQueue.Rewrite;
import dev.torimono.collector.store.lucene.IngestQueue.Snapshot;
import dev.torimono.collector.store.lucene.IngestQueue.Work;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What the one thread that writes does: takes what waits, makes it durable together, answers. When
 * the indexes cannot go on (a full disk), it takes nothing until they are there again as after a
 * restart.
 */
final class IngestWork implements Runnable {
    private static final System.Logger LOG = System.getLogger("torimono.store");
    private static final long FIRST_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_PAUSE_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long BROKEN_MS = 250;

    /** Opens the journal, and takes into the indexes what is left there. */
    @FunctionalInterface
    interface Opener {
        Keeping open(long arrivalsAfter) throws IOException;
    }

    private final IngestQueue queue;
    private final DayIndexes days;
    private final DiskRoom room;
    private final Opener opener;
    private final AtomicLong appended = new AtomicLong();
    private final AtomicLong duplicates = new AtomicLong();
    private final AtomicLong expired = new AtomicLong();
    private volatile Keeping keeping;

    /** The indexes cannot go on. */
    private boolean broken;

    private long againAtNs;
    private long pauseNs = FIRST_PAUSE_NS;

    IngestWork(IngestQueue queue, DayIndexes days, DiskRoom room, Opener opener, long arrivalsAfter)
            throws IOException {
        this.queue = queue;
        this.days = days;
        this.room = room;
        this.opener = opener;
        this.keeping = opener.open(arrivalsAfter);
    }

    /** Why nothing is taken; empty when all is well. */
    String trouble() {
        String trouble = queue.trouble();
        return trouble.isEmpty() ? room.lack() : trouble;
    }

    long arrivals() {
        return keeping.arrived();
    }

    long appended() {
        return appended.get();
    }

    long duplicates() {
        return duplicates.get();
    }

    long expired() {
        return expired.get();
    }

    @Override
    public void run() {
        try {
            work();
        } catch (Throwable e) {
            // Out of memory, most likely: whoever waits must not wait for ever.
            stopped(e);
            LOG.log(System.Logger.Level.ERROR, "event store: " + queue.trouble(), e);
        }
        queue.end();
    }

    private void stopped(Throwable e) {
        @Nullable String why = e.getMessage();
        queue.stop("stopped: " + (why == null ? e.getClass().getSimpleName() : why));
    }

    private void broke(Exception e) {
        stopped(e);
        if (!broken) {
            broken = true;
            LOG.log(
                    System.Logger.Level.ERROR,
                    "event store: " + queue.trouble() + "; what was acknowledged is in the journal",
                    e);
        }
        againAtNs = System.nanoTime() + pauseNs;
        pauseNs = Math.min(LAST_PAUSE_NS, 2 * pauseNs);
    }

    /** Does what a restart would: the indexes as they were last durable, the journal on top. */
    private void comeBack() {
        if (System.nanoTime() - againAtNs < 0 || !room.look()) {
            return;
        }
        try {
            keeping.close();
            days.reopen();
            keeping = opener.open(keeping.arrived());
        } catch (IOException | RuntimeException e) {
            broke(e);
            return;
        }
        broken = false;
        pauseNs = FIRST_PAUSE_NS;
        queue.go();
        LOG.log(System.Logger.Level.INFO, "event store: keeps events again");
    }

    private void work() {
        while (true) {
            Work work = queue.take(broken ? BROKEN_MS : keeping.patienceMs());
            if (work.isEmpty() && queue.isClosing()) {
                break;
            }
            try {
                perform(work);
            } catch (Throwable e) {
                // What was under way when an error of the JVM hit is answered too.
                fail(work, e);
                throw e;
            }
            if (broken) {
                comeBack();
            } else {
                guarded(keeping::upkeep);
            }
        }
        if (!broken) {
            guarded(keeping::checkpoint);
        }
        guarded(keeping::close);
    }

    private void perform(Work work) {
        if (broken) {
            fail(work, failure());
            return;
        }
        if (room.look()) {
            keep(work.batches());
            change(work.rewrites());
        } else {
            StoreBusyException full = new StoreBusyException("event store: " + room.lack());
            work.batches().forEach(batch -> batch.done().completeExceptionally(full));
            work.rewrites().forEach(rewrite -> rewrite.done().completeExceptionally(full));
        }
        if (broken) {
            fail(new Work(List.of(), List.of(), work.other()), failure());
        } else {
            other(work.other());
        }
    }

    private StoreException failure() {
        return new StoreException("event store: " + queue.trouble());
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

    /** What was acknowledged is in the journal: nothing more is taken until that is read back. */
    private void guarded(Deed deed) {
        try {
            deed.run();
        } catch (IOException | RuntimeException e) {
            broke(e);
        }
    }
}
