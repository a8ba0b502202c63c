// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import dev.torimono.model.Alert;
import dev.torimono.model.Epoch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Alerts that have come; any thread adds, any waits. Bounded: the oldest make room, since nobody
 * waits for what is long past.
 */
public final class Sightings {
    private static final int MOST = 100_000;

    private final long epochNs;
    private final List<Sighting> all = new ArrayList<>();
    private long dropped;
    private boolean ended;

    /** The time is asked for once, as by a sensor: a date that is set later changes neither. */
    public Sightings(InstantSource time) {
        // Twice, since the first time classes are loaded in between.
        offset(time);
        epochNs = offset(time);
    }

    private static long offset(InstantSource time) {
        long before = System.nanoTime();
        long epoch = Epoch.ns(time.instant());
        return epoch - (before + (System.nanoTime() - before) / 2);
    }

    /** The time on which everything here agrees, ns since the epoch. */
    long nowNs() {
        return epochNs + System.nanoTime();
    }

    /** Takes in an alert of a pipeline. */
    public void add(Alert alert) {
        add(Sighting.of(alert, nowNs()));
    }

    /** Takes in a line of an agent's JSON; others are passed over. */
    public void addJson(String line) {
        Sighting.ofJson(line, nowNs()).ifPresent(this::add);
    }

    /** Takes one in and wakes whoever waits. */
    synchronized void add(Sighting sighting) {
        if (all.size() >= MOST) {
            all.subList(0, MOST / 2).clear();
            dropped += MOST / 2;
        }
        all.add(sighting);
        notifyAll();
    }

    /** No more will come. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** The first that fits, among those that came and those that come in time. */
    synchronized Optional<Sighting> await(Predicate<Sighting> fits, long timeoutMs) {
        long end = System.nanoTime() + timeoutMs * 1_000_000;
        int next = 0;
        long before = dropped;
        while (true) {
            next = Math.max(0, next - (int) (dropped - before));
            before = dropped;
            for (; next < all.size(); next++) {
                if (fits.test(all.get(next))) {
                    return Optional.of(all.get(next));
                }
            }
            long leftMs = (end - System.nanoTime()) / 1_000_000;
            if (leftMs <= 0 || ended) {
                return Optional.empty();
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    /** Those that fit, taken out. */
    synchronized List<Sighting> take(Predicate<Sighting> fits) {
        List<Sighting> taken = all.stream().filter(fits).toList();
        all.clear();
        return taken;
    }
}
