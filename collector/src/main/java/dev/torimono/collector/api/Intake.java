// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.api;

import dev.torimono.collector.store.EventStore;
import dev.torimono.collector.store.StoreException;
import dev.torimono.collector.store.StoredEvent;
import dev.torimono.collector.triage.Arrivals;
import dev.torimono.collector.triage.Latecomers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/** Where every event comes in: it is kept first, then told to whoever wants to hear. */
public final class Intake implements AutoCloseable {
    /** What is smaller is read faster than handed over. */
    private static final int SMALL_BYTES = 32 << 10;

    private final EventStore store;
    private final Arrivals arrivals;
    private final Latecomers latecomers;
    private final Predicate<ObjectNode> wanted;
    private final Consumer<List<ObjectNode>> listener;
    private final ExecutorService readers;
    private final AtomicLong merged = new AtomicLong();
    private final AtomicLong bad = new AtomicLong();

    /**
     * @param wanted whether the listener is to hear of an event
     * @param listener told events that are kept and not muted; must not wait
     */
    public Intake(
            EventStore store,
            Arrivals arrivals,
            Predicate<ObjectNode> wanted,
            Consumer<List<ObjectNode>> listener) {
        this.store = store;
        this.arrivals = arrivals;
        this.latecomers = new Latecomers(store);
        this.wanted = wanted;
        this.listener = listener;
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
        this.readers =
                Executors.newFixedThreadPool(
                        threads,
                        work -> Thread.ofPlatform().daemon().name("intake").unstarted(work));
    }

    /** Reads events one after another, and keeps them all at once. */
    @FunctionalInterface
    interface Source {
        void readInto(Delivery delivery);
    }

    /**
     * Keeps what a body tells. Large ones are read on threads of their own, of which there is one
     * less than processors: who asks for the feed meanwhile must not wait behind them.
     *
     * @return how many were new
     */
    int keep(int bytes, Source source) {
        Delivery delivery = new Delivery();
        if (bytes < SMALL_BYTES) {
            source.readInto(delivery);
        } else {
            readApart(delivery, source);
        }
        return delivery.keep();
    }

    private void readApart(Delivery delivery, Source source) {
        try {
            Future<?> read = readers.submit(() -> source.readInto(delivery));
            read.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            throw new IllegalStateException("intake: " + e.getMessage(), e);
        } catch (RejectedExecutionException e) {
            throw new StoreException("intake: closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("intake: interrupted", e);
        }
    }

    /** What comes in at once. One thread at a time. */
    final class Delivery {
        private final List<StoredEvent> events = new ArrayList<>();
        private final List<ObjectNode> told = new ArrayList<>();
        private final List<ObjectNode> late = new ArrayList<>();

        /** Takes one in; it is the delivery's from now on. */
        void add(ObjectNode event) {
            if (Latecomers.isOne(event)) {
                late.add(event);
            } else {
                arrive(event);
            }
        }

        private void arrive(ObjectNode event) {
            StoredEvent stored = arrivals.of(event);
            events.add(stored);
            if (!Arrivals.isQuiet(stored) && wanted.test(event)) {
                told.add(event);
            }
        }

        private int keep() {
            int kept = append();
            for (ObjectNode event : late) {
                if (latecomers.merge(event)) {
                    merged.incrementAndGet();
                    kept++;
                } else {
                    // The first one is gone or never came: better twice than never.
                    arrive(event);
                }
            }
            return kept + append();
        }

        private int append() {
            int kept = store.append(events);
            if (kept > 0 && !told.isEmpty()) {
                listener.accept(List.copyOf(told));
            }
            events.clear();
            told.clear();
            return kept;
        }
    }

    /** Alerts that went into one that was there already. */
    public long merged() {
        return merged.get();
    }

    void countBad() {
        bad.incrementAndGet();
    }

    /** Alerts that could not be read. */
    public long bad() {
        return bad.get();
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
