// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that says how far a replay is, written over again and again. */
final class ReplayProgress {
    private static final long EVERY_NS = 200_000_000L;
    private static final String CLEAR = "\r\u001b[K";

    private final @Nullable PrintStream terminal;
    private final long startNs = System.nanoTime();
    private long shownNs = startNs;
    private boolean shown;

    /** Null says nothing, for a stream that is no terminal. */
    ReplayProgress(@Nullable PrintStream terminal) {
        this.terminal = terminal;
    }

    void at(long events, long alerts) {
        PrintStream out = terminal;
        long nowNs = System.nanoTime();
        if (out == null || nowNs - shownNs < EVERY_NS) {
            return;
        }
        shownNs = nowNs;
        shown = true;
        double seconds = (nowNs - startNs) / 1e9;
        out.printf(
                Locale.ROOT,
                "%s%,d events, %,d alerts (%,.0f events/s)",
                CLEAR,
                events,
                alerts,
                events / seconds);
        out.flush();
    }

    /** Takes the line away, so that what follows stands alone. */
    void end() {
        PrintStream out = terminal;
        if (out != null && shown) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
