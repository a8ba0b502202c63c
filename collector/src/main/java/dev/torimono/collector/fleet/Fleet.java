// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.catalog.Bundle;
import dev.torimono.collector.catalog.Catalog;
import dev.torimono.collector.event.Json;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells agents what to enforce as soon as it changes: each asks, and its question waits here until
 * there is an answer or its time is up.
 */
public final class Fleet implements AutoCloseable {
    private final Catalog catalog;
    private final InstantSource clock;
    private final Map<String, Presence> presences = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean closed;

    public Fleet(Catalog catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
        catalog.onChange(this::wake);
    }

    /** Keeps what an agent reports. */
    public void report(String agentId, ObjectNode report) {
        ObjectNode health =
                report.path("health") instanceof ObjectNode given ? given : Json.object();
        presences.put(
                agentId,
                new Presence(
                        clock.millis(),
                        report.path("inForce").asString(""),
                        report.path("refused").asString(""),
                        health));
    }

    public Optional<Presence> presence(String agentId) {
        return Optional.ofNullable(presences.get(agentId));
    }

    public void forget(String agentId) {
        presences.remove(agentId);
    }

    /**
     * Waits for something that an agent does not have.
     *
     * @param has version of the bundle that it has, enforced or refused
     * @param waitMs how long to wait at most
     */
    public Optional<Bundle> await(String has, long waitMs) {
        long leftNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
        lock.lock();
        try {
            while (!closed && catalog.current().version().equals(has) && leftNs > 0) {
                leftNs = news.awaitNanos(leftNs);
            }
            Bundle current = catalog.current();
            return closed || current.version().equals(has)
                    ? Optional.empty()
                    : Optional.of(current);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void wake() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Answers everyone who waits. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
