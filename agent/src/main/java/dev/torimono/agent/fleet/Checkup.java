// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tells the collector what works on this machine: soon after the start, and whenever that has
 * changed. Looks once an hour, since a look loads small programs into the kernel.
 */
final class Checkup implements Runnable {
    private static final long TIMEOUT_MS = 20_000;

    /**
     * When to look.
     *
     * @param firstMs after the start: protecting comes first
     * @param everyMs from one look to the next
     */
    record Times(long firstMs, long everyMs) {
        static final Times USUAL = new Times(3_000, TimeUnit.HOURS.toMillis(1));
    }

    private final Identity identity;
    private final CollectorClient client;
    private final Supplier<String> diagnosis;
    private final Times times;
    private final Log log;
    private String told = "";

    /**
     * @param diagnosis looks at the machine and gives JSON
     */
    Checkup(
            Identity identity,
            CollectorClient client,
            Supplier<String> diagnosis,
            Times times,
            Log log) {
        this.identity = identity;
        this.client = client;
        this.diagnosis = diagnosis;
        this.times = times;
        this.log = log;
    }

    @Override
    public void run() {
        try {
            TimeUnit.MILLISECONDS.sleep(times.firstMs());
            while (true) {
                look();
                TimeUnit.MILLISECONDS.sleep(times.everyMs());
            }
        } catch (InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        String found;
        try {
            found = diagnosis.get();
        } catch (RuntimeException e) {
            log.warn("doctor: this machine cannot be looked at: " + e.getMessage());
            return;
        }
        if (found.equals(told)) {
            return;
        }
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(times.everyMs());
        Pause pause = new Pause();
        while (!tell(found)) {
            if (System.nanoTime() - endNs >= 0) {
                // What is found by then is newer.
                return;
            }
            pause.after();
        }
        told = found;
    }

    private boolean tell(String found) throws InterruptedException {
        try {
            String token = identity.token();
            CollectorClient.Answer reply =
                    client.post(
                            "/fleet/v1/diagnosis",
                            token,
                            found.getBytes(StandardCharsets.UTF_8),
                            TIMEOUT_MS);
            if (reply.unauthorized()) {
                identity.refused(token);
                return false;
            }
            if (!reply.good()) {
                log.debug("collector: a diagnosis was answered with " + reply.status());
            }
            // What it will never take counts as told.
            return reply.good() || reply.status() / 100 == 4;
        } catch (IOException e) {
            log.debug("collector: a diagnosis was not taken: " + Outage.words(e));
            return false;
        }
    }
}
