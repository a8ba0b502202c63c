// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Alert;
import dev.torimono.model.Enforcement;
import dev.torimono.model.Finding;
import dev.torimono.model.Priority;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Says, at a bounded rate, that execs passed without a judgement: nothing passes in silence. */
final class GateTrouble {
    static final String RULE = "Torimono internal: execs passed unjudged";
    private static final long TELL_EVERY_NS = 10_000_000_000L;

    private final InstantSource time;
    private final String hostname;
    private final Log log;
    private final Consumer<Alert> sink;
    private volatile long recovered;
    private long told;
    private long toldNs = Long.MIN_VALUE / 2;

    GateTrouble(InstantSource time, String hostname, Log log, Consumer<Alert> sink) {
        this.time = time;
        this.hostname = hostname;
        this.log = log;
        this.sink = sink;
    }

    /** So many go on that an earlier agent had left stopped. Any thread. */
    void recovered(int count) {
        recovered = count;
    }

    long recovered() {
        return recovered;
    }

    void look(Enforcement.Tally tally, long nowNs) {
        long passed = tally.late() + tally.faults() + tally.unstopped() + tally.released();
        passed += recovered;
        if (passed <= told || nowNs - toldNs < TELL_EVERY_NS) {
            return;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("execs.late", tally.late());
        fields.put("execs.fault", tally.faults());
        fields.put("execs.unwatched", tally.unstopped());
        fields.put("execs.released", tally.released());
        fields.put("execs.recovered", recovered);
        String message = RULE + " | passed=" + (passed - told) + " total=" + passed + " " + fields;
        told = passed;
        toldNs = nowNs;
        log.warn(message);
        Instant now = time.instant();
        sink.accept(
                new Alert(
                        Finding.internal(RULE, Priority.WARNING, now, message, fields),
                        hostname,
                        List.of()));
    }
}
