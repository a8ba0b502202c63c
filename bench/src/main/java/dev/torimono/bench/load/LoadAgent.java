// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One agent, as far as the collector can tell: enrols, delivers what it has in batches of up to
 * 500, the next when the one before is kept, and tries again until it is.
 */
final class LoadAgent {
    private static final int TOGETHER = 500;
    private static final long RETRY_MS = 250;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Waiting(byte[] line, long madeNs) {}

    private final Api api;
    private final String token;
    private final String host;
    private final Alerts alerts;
    private final Latencies batches;
    private final Latencies untilKept;
    private final AtomicLong refusedBatches;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private String has = "";
    private long made;
    private long kept;

    LoadAgent(
            Api api,
            String accessKey,
            int number,
            Latencies batches,
            Latencies untilKept,
            AtomicLong refusedBatches)
            throws IOException, InterruptedException {
        this.api = api;
        this.host = "host-" + number;
        this.alerts = new Alerts(number);
        this.batches = batches;
        this.untilKept = untilKept;
        this.refusedBatches = refusedBatches;
        Api.Answer enrolled =
                api.call(
                        "POST",
                        "/fleet/v1/enrol",
                        accessKey,
                        ("{\"hostname\":\""
                                        + host
                                        + "\",\"tags\":{\"ring\":\""
                                        + number % 10
                                        + "\"}}")
                                .getBytes(StandardCharsets.UTF_8));
        if (enrolled.status() / 100 != 2) {
            throw new IOException("enrol: " + enrolled.status());
        }
        this.token = enrolled.json().path("token").asString("");
    }

    /** Something happened, so many times at once. */
    synchronized void burst(int count, Instant time) {
        long nowNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            String key = host + "-" + made++;
            waiting.add(new Waiting(alerts.line(key, host, time.plusNanos(i * 1000L)), nowNs));
        }
        notifyAll();
    }

    synchronized long made() {
        return made;
    }

    synchronized long kept() {
        return kept;
    }

    /** Delivers until it is interrupted. */
    void run() {
        try {
            while (true) {
                deliver(batch());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Waiting[] batch() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.stream().limit(TOGETHER).toArray(Waiting[]::new);
    }

    private void deliver(Waiting[] batch) throws InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Waiting each : batch) {
            body.writeBytes(each.line());
        }
        long startNs = System.nanoTime();
        try {
            Api.Answer answer = api.call("POST", "/fleet/v1/alerts", token, body.toByteArray());
            if (answer.status() == 200) {
                long endNs = System.nanoTime();
                batches.add(endNs - startNs);
                done(batch, endNs);
                return;
            }
        } catch (IOException e) {
            // As an answer that is no good: it is told again.
        }
        refusedBatches.incrementAndGet();
        Thread.sleep(RETRY_MS);
    }

    private synchronized void done(Waiting[] batch, long endNs) {
        for (Waiting each : batch) {
            waiting.remove();
            kept++;
            untilKept.add(endNs - each.madeNs());
        }
    }

    /** Reports, and waits for something new to enforce, which it takes at its word. */
    void sync(int waitMs) throws IOException, InterruptedException {
        Api.Answer answer =
                api.call(
                        "POST",
                        "/fleet/v1/sync",
                        token,
                        ("{\"has\":\""
                                        + has
                                        + "\",\"inForce\":\""
                                        + has
                                        + "\",\"waitMs\":"
                                        + waitMs
                                        + ",\"health\":{}}")
                                .getBytes(StandardCharsets.UTF_8));
        if (answer.status() == 200) {
            has = answer.json().path("bundle").path("version").asString(has);
        }
    }
}
