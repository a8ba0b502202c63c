// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down whoever guesses: after some failures each further one doubles the wait, by account and
 * by address. Bounded: the longest unused is forgotten first.
 */
final class LoginLimit {
    private static final int FREE_FAILURES = 5;
    private static final int MAX_SHIFT = 9;
    private static final int MAX_KEYS = 10_000;
    private static final long FORGET_MS = 15 * 60_000;

    private record Failures(int count, long untilMs) {}

    private final InstantSource clock;
    private final Map<String, Failures> failures =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                    return size() > MAX_KEYS;
                }
            };

    LoginLimit(InstantSource clock) {
        this.clock = clock;
    }

    synchronized long waitSeconds(String name, String address) {
        long nowMs = clock.millis();
        long untilMs = Math.max(until("n" + name), until("a" + address));
        return untilMs <= nowMs ? 0 : (untilMs - nowMs + 999) / 1000;
    }

    synchronized void failed(String name, String address) {
        fail("n" + name);
        fail("a" + address);
    }

    synchronized void succeeded(String name, String address) {
        failures.remove("n" + name);
        failures.remove("a" + address);
    }

    private long until(String key) {
        Failures of = failures.get(key);
        return of == null ? 0 : of.untilMs();
    }

    private void fail(String key) {
        long nowMs = clock.millis();
        Failures before = failures.get(key);
        boolean forgotten = before == null || nowMs - before.untilMs() > FORGET_MS;
        int count = forgotten || before == null ? 1 : before.count() + 1;
        int over = count - FREE_FAILURES;
        long waitMs = over < 0 ? 0 : 1000L << Math.min(over, MAX_SHIFT);
        failures.put(key, new Failures(count, nowMs + waitMs));
    }
}
