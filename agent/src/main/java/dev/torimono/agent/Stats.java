// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.output.Health;
import dev.torimono.agent.output.Outputs;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Supplier;

/** Everything that is counted, as one line of {@code name=value}; read by any thread. */
final class Stats {
    private final Counters counters;
    private final Losses losses;
    private final Supplier<String> host;
    private final Outputs outputs;
    private boolean ended;
    private String last = "stats:";

    Stats(Counters counters, Losses losses, Supplier<String> host, Outputs outputs) {
        this.counters = counters;
        this.losses = losses;
        this.host = host;
        this.outputs = outputs;
    }

    /**
     * From now on the last line is told again: the sensor's counters lie in memory that goes with
     * it, and whoever reads them later brings the process down.
     */
    synchronized void end() {
        ended = true;
    }

    synchronized String line() {
        if (!ended) {
            last = read();
        }
        return last;
    }

    private String read() {
        StringJoiner line = new StringJoiner(" ", "stats: ", "");
        for (Counter counter : Counter.values()) {
            line.add(counter.name().toLowerCase(Locale.ROOT) + "=" + counters.get(counter));
        }
        line.add("events_lost=" + losses.total());
        losses.byType().forEach((type, count) -> line.add("events_lost." + type + "=" + count));
        String ofHost = host.get().toLowerCase(Locale.ROOT);
        if (!ofHost.isEmpty()) {
            line.add(ofHost);
        }
        for (Health health : outputs.health()) {
            String name = "output." + health.name();
            line.add(name + ".written=" + health.written());
            line.add(name + ".queued=" + health.queued());
            line.add(name + ".failed=" + health.failed());
            line.add(name + ".dropped=" + health.dropped());
        }
        Runtime runtime = Runtime.getRuntime();
        line.add("heap_mb=" + ((runtime.totalMemory() - runtime.freeMemory()) >> 20));
        return line.toString();
    }
}
