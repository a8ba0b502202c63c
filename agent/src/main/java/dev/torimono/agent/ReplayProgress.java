// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line on a terminal that says how far a replay is, written over again and again. */
final class ReplayProgress {
    private static final long EVERY_NS = 200_000_000L;
    private static final int BAR_WIDTH = 24;
    private static final String CLEAR = "\r\u001b[K";

    private final @Nullable PrintStream terminal;
    private final long startNs = System.nanoTime();
    private long shownNs = startNs;
    private final long fileBytes;
    private boolean shown;

    /**
     * Of a file of that many bytes; 0 when its size is not known. A null terminal says nothing, for
     * a stream that is none.
     */
    ReplayProgress(@Nullable PrintStream terminal, long fileBytes) {
        this.terminal = terminal;
        this.fileBytes = fileBytes;
    }

    void at(ReplayStatistics statistics, long bytesRead) {
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
                "%s%s%,d events, %,d alerts (%,.0f events/s)",
                CLEAR,
                bar(bytesRead),
                statistics.events(),
                statistics.alerts(),
                statistics.events() / seconds);
        out.flush();
    }

    private String bar(long bytesRead) {
        if (fileBytes <= 0) {
            return "";
        }
        double share = Math.min(1.0, (double) bytesRead / fileBytes);
        int done = (int) (share * BAR_WIDTH);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %% ",
                "#".repeat(done),
                ".".repeat(BAR_WIDTH - done),
                100 * share);
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
