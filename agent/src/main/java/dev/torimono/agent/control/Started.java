// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import dev.torimono.response.action.ProcessFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells whether a process is the one that is meant: an id is given to another one in time. */
final class Started {
    /** No machine is up for that long, and no process of today began so early. */
    private static final long FIRST_EPOCH_NS = 4000L * 86_400 * 1_000_000_000;

    private static final long TICK_NS = 10_000_000;

    /** Clocks are set now and then, by less than it takes ids to come round again. */
    private static final long CLOCK_NS = 2_000_000_000;

    private Started() {}

    /**
     * @param startNs ns since boot, or since the epoch; 0 or less when any will do
     */
    static boolean isMeant(ProcessFacts facts, long startNs) throws IOException {
        if (startNs <= 0) {
            return true;
        }
        return startNs < FIRST_EPOCH_NS
                ? Math.abs(facts.startNs() - startNs) <= TICK_NS
                : Math.abs(bootEpochNs() + facts.startNs() - startNs) <= CLOCK_NS;
    }

    private static long bootEpochNs() throws IOException {
        String uptime = Files.readString(Path.of("/proc/uptime"));
        double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
        return System.currentTimeMillis() * 1_000_000 - (long) (seconds * 1e9);
    }
}
