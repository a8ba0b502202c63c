// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Repeats actions at a steady rate, as load, and counts whether every alert came. */
public final class Load {
    private static final long SETTLE_LOOK_MS = 100;

    private final Generator generator;
    private final List<String> rules;
    private final Map<String, Long> performed = new LinkedHashMap<>();
    private final Map<String, List<Long>> latencies = new LinkedHashMap<>();
    private long failed;
    private long elapsedNs;

    /** What came of one rule's actions. */
    public record Row(String rule, long performed, long seen, long p50Ns, long p99Ns) {}

    public Load(Generator generator, List<String> rules) {
        this.generator = generator;
        this.rules = List.copyOf(rules);
        rules.forEach(
                rule -> {
                    performed.put(rule, 0L);
                    latencies.put(rule, new ArrayList<>());
                });
    }

    /** Goes round the rules until told to stop. */
    public void run(double perSecond, BooleanSupplier stop) {
        rules.forEach(r -> generator.action(r).steps().forEach(generator.stage()::prepare));
        long periodNs = (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        long start = System.nanoTime();
        long next = start;
        for (int i = 0; !stop.getAsBoolean(); i = (i + 1) % rules.size()) {
            perform(rules.get(i));
            // What is late is not made up for: a rate that cannot be held shows in the report.
            next = Math.max(next + periodNs, System.nanoTime() - periodNs);
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            }
            collect();
        }
        elapsedNs = System.nanoTime() - start;
        settle();
    }

    private void perform(String rule) {
        try {
            generator.action(rule).steps().forEach(generator.stage()::perform);
            performed.merge(rule, 1L, Long::sum);
        } catch (GeneratorException e) {
            failed++;
        }
    }

    private void collect() {
        for (Sighting s : generator.sightings().take(generator.stage()::owns)) {
            List<Long> known = latencies.get(s.rule());
            if (known != null) {
                known.add(Math.max(0, s.seenNs() - s.eventNs()));
            }
        }
    }

    private void settle() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(generator.patienceMs());
        collect();
        while (missed() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_LOOK_MS));
            collect();
        }
    }

    /** Alerts that did not come. An action may raise a rule more than once: that makes up none. */
    public long missed() {
        return rows().stream().mapToLong(r -> Math.max(0, r.performed() - r.seen())).sum();
    }

    /** Actions that could not be done. */
    public long failed() {
        return failed;
    }

    public long performed() {
        return performed.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Actions a second that were reached. */
    public double rate() {
        return elapsedNs == 0 ? 0 : performed() * 1e9 / elapsedNs;
    }

    public List<Row> rows() {
        return rules.stream().distinct().map(this::row).toList();
    }

    private Row row(String rule) {
        long[] sorted =
                latencies.getOrDefault(rule, List.of()).stream().mapToLong(n -> n).toArray();
        Arrays.sort(sorted);
        return new Row(
                rule,
                performed.getOrDefault(rule, 0L),
                sorted.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.99));
    }

    private static long quantile(long[] sorted, double q) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1, q * sorted.length)];
    }
}
