// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import dev.torimono.sensor.Canary;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says when we are blind: every few seconds an act of our own must come back from the kernel. On a
 * thread of its own, as the pipeline that stands still is what has to be noticed.
 */
final class CanaryWatch implements AutoCloseable {
    static final String RULE = "Torimono internal: blind";
    private static final long PATIENCE_MS = 5_000;

    /** One may be late on a machine that is busy; two in a row are not. */
    private static final int MISSED_TO_TELL = 2;

    /** Acts, and returns by which ways that did not come back. */
    @FunctionalInterface
    interface Song {
        Set<Canary.Way> sing(long timeoutMs) throws InterruptedException;
    }

    /** Of a sensor whose sight nothing can prove. */
    static final Song MUTE = _ -> Set.of();

    private final Song song;
    private final Pipeline.AlertSink alerts;
    private final InstantSource time;
    private final String hostname;
    private final Log log;
    private int missed;
    private volatile String state = "not yet";

    CanaryWatch(
            Song song, Pipeline.AlertSink alerts, InstantSource time, String hostname, Log log) {
        this.song = song;
        this.alerts = alerts;
        this.time = time;
        this.hostname = hostname;
        this.log = log;
    }

    /** Sings every so often until closed. */
    CanaryWatch start(long everySeconds) {
        if (everySeconds > 0) {
            thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("canary-watch")
                            .start(() -> watch(everySeconds));
        }
        return this;
    }

    private volatile @Nullable Thread thread;

    private void watch(long everySeconds) {
        try {
            while (true) {
                once();
                TimeUnit.SECONDS.sleep(everySeconds);
            }
        } catch (InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
        }
    }

    /** One act, and what follows from it. */
    void once() throws InterruptedException {
        long start = System.nanoTime();
        Set<Canary.Way> missing = song.sing(PATIENCE_MS);
        if (missing.isEmpty()) {
            if (missed >= MISSED_TO_TELL) {
                tell("sees again", Priority.NOTICE, missing);
            }
            missed = 0;
            state = "alive:" + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + "ms";
            return;
        }
        state = "blind:" + names(missing);
        if (++missed == MISSED_TO_TELL) {
            tell("blind", Priority.CRITICAL, missing);
        }
    }

    private void tell(String what, Priority priority, Set<Canary.Way> missing) {
        Instant now = time.instant();
        String ways = missing.stream().map(Canary.Way::meaning).collect(Collectors.joining("; "));
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("canary.state", what);
        fields.put("canary.missing", names(missing));
        String message =
                missing.isEmpty()
                        ? RULE + " | sees again: events of every kind come back"
                        : RULE + " | nothing comes back by " + ways;
        Finding finding = Finding.internal(RULE, priority, now, message, fields);
        log.warn(message);
        alerts.offer(new Alert(finding, hostname, List.of()));
    }

    private static String names(Set<Canary.Way> ways) {
        return ways.stream()
                .map(way -> way.name().toLowerCase(java.util.Locale.ROOT))
                .collect(Collectors.joining(","));
    }

    /** For the line of counters. */
    @Override
    public String toString() {
        return "canary=" + state;
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
