// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store.lucene;

import dev.torimono.collector.store.EventId;
import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.Retention;
import dev.torimono.collector.store.StoreBusyException;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoredEvent;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What waits for the thread that writes. Any thread puts in, that one takes out. */
final class IngestQueue {
    /** Events that become durable together, about. */
    private static final int TOGETHER = 5000;

    private static final int MAX_REWRITES = 256;
    private static final int MAX_OTHERS = 64;

    /** Something that is asked for, and who waits to hear that it is done. */
    sealed interface Request {
        CompletableFuture<?> done();
    }

    record Batch(List<StoredEvent> events, CompletableFuture<Integer> done) implements Request {}

    record Rewrite(
            Collection<EventId> ids,
            EventStore.Change change,
            CompletableFuture<EventStore.Changed> done)
            implements Request {}

    record Snapshot(Path folder, CompletableFuture<Long> done) implements Request {}

    record Expiry(Retention retention, long nowNs, CompletableFuture<Long> done)
            implements Request {}

    /** What is to be done next: events, then changes, then one other thing. */
    record Work(List<Batch> batches, List<Rewrite> rewrites, @Nullable Request other) {
        boolean isEmpty() {
            return batches.isEmpty() && rewrites.isEmpty() && other == null;
        }
    }

    private final int capacity;
    private final Object lock = new Object();
    private final ArrayDeque<Batch> batches = new ArrayDeque<>();
    private final ArrayDeque<Rewrite> rewrites = new ArrayDeque<>();
    private final ArrayDeque<Request> others = new ArrayDeque<>();
    private int queued;
    private boolean closing;
    private String trouble = "";

    /**
     * @param capacity how many events may wait
     */
    IngestQueue(int capacity) {
        this.capacity = capacity;
    }

    /**
     * @throws StoreBusyException when there is no room for it at the moment
     * @throws StoreException when nothing is taken any more
     */
    void add(Request request) {
        synchronized (lock) {
            if (closing || !trouble.isEmpty()) {
                throw new StoreException("event store: " + (closing ? "closed" : trouble));
            }
            switch (request) {
                case Batch batch -> add(batch);
                case Rewrite rewrite -> add(rewrite, rewrites, MAX_REWRITES, "changes");
                case Snapshot snapshot -> add(snapshot, others, MAX_OTHERS, "requests");
                case Expiry expiry -> add(expiry, others, MAX_OTHERS, "requests");
            }
            lock.notifyAll();
        }
    }

    private void add(Batch batch) {
        int more = batch.events().size();
        if (queued > 0 && queued + more > capacity) {
            throw new StoreBusyException(
                    "event store: " + queued + " events wait; tell these again later");
        }
        queued += more;
        batches.add(batch);
    }

    private static <T> void add(T request, ArrayDeque<T> waiting, int most, String what) {
        if (waiting.size() >= most) {
            throw new StoreBusyException(
                    "event store: " + waiting.size() + " " + what + " wait; again later");
        }
        waiting.add(request);
    }

    /** Waits a while for something; empty when nothing came. */
    Work take(long patienceMs) {
        synchronized (lock) {
            await(patienceMs);
            List<Batch> together = new ArrayList<>();
            int events = 0;
            while (!batches.isEmpty() && events < TOGETHER) {
                Batch batch = batches.remove();
                events += batch.events().size();
                together.add(batch);
            }
            queued -= events;
            List<Rewrite> changes = List.copyOf(rewrites);
            rewrites.clear();
            return new Work(together, changes, others.poll());
        }
    }

    private void await(long patienceMs) {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        long leftNs = endNs - System.nanoTime();
        while (isEmpty() && !closing && leftNs > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(lock, leftNs);
            } catch (InterruptedException e) {
                closing = true;
            }
            leftNs = endNs - System.nanoTime();
        }
    }

    private boolean isEmpty() {
        return batches.isEmpty() && rewrites.isEmpty() && others.isEmpty();
    }

    /** Takes nothing more; what is there is still to be done. */
    void close() {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
        }
    }

    boolean isClosing() {
        synchronized (lock) {
            return closing;
        }
    }

    /** Takes nothing more, and tells so whoever asks. */
    void stop(String why) {
        synchronized (lock) {
            trouble = why;
        }
    }

    /** Takes again. */
    void go() {
        synchronized (lock) {
            trouble = "";
        }
    }

    String trouble() {
        synchronized (lock) {
            return trouble;
        }
    }

    /** Nobody takes out any more: whoever waits must not wait for ever. */
    void end() {
        List<Request> left;
        String why;
        synchronized (lock) {
            closing = true;
            left = new ArrayList<>(batches);
            left.addAll(rewrites);
            left.addAll(others);
            batches.clear();
            rewrites.clear();
            others.clear();
            why = trouble;
        }
        StoreException failure = new StoreException("event store: " + why);
        left.forEach(request -> request.done().completeExceptionally(failure));
    }
}
