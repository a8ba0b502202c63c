// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import java.util.concurrent.TimeUnit;

/**
 * Tells once that something fails, when it has failed for a while, and once that it works again.
 */
final class Outage {
    /** A collector that starts with us, or again, is no outage. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);

    private final Log log;
    private long sinceNs;
    private boolean failing;
    private boolean told;

    Outage(Log log) {
        this.log = log;
    }

    void failed(String what) {
        long nowNs = System.nanoTime();
        if (!failing) {
            failing = true;
            sinceNs = nowNs;
        }
        if (!told && nowNs - sinceNs >= PATIENCE_NS) {
            told = true;
            log.warn(what);
        } else {
            log.debug(what);
        }
    }

    /** Why, also for exceptions that have no words of their own. */
    static String words(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    void works(String what) {
        if (told) {
            log.info(what);
        }
        told = false;
        failing = false;
    }
}
