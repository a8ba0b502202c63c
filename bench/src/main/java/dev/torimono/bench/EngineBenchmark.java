// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.rules.Matcher;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The engine alone, on one thread, per event of a recorded container. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(5)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
    /** How many of Falco's three rule files: 1 is the stable rules, 3 is all. */
    @Param({"1", "3"})
    int files;

    /** Which of the events. */
    @Param({"every", "evaluated", "matchless"})
    String events = "every";

    private Matcher matcher = Upstream.matcher(1);
    private RecordedMix mix = new RecordedMix(Upstream.mix(), Arena.global());
    private int[] chosen = new int[0];
    private int next;
    private int findings;
    private final Consumer<Finding> sink = this::found;

    @Setup
    public void prepare() {
        matcher = Upstream.matcher(files);
        BitSet types = matcher.demand().eventTypes();
        chosen = IntStream.range(0, mix.size()).filter(i -> isChosen(i, types)).toArray();
    }

    private boolean isChosen(int event, BitSet types) {
        return switch (events) {
            case "evaluated" -> types.get(mix.at(event).event().type().code());
            case "matchless" -> matcher.match(mix.at(event), sink) == 0;
            default -> true;
        };
    }

    private void found(Finding finding) {
        findings++;
    }

    private Observation next() {
        int i = next;
        next = i + 1 == chosen.length ? 0 : i + 1;
        return mix.at(chosen[i]);
    }

    /** What handing over an event costs by itself: the part of the next one that is no engine. */
    @Benchmark
    public long handOver() {
        return next().event().timestampNs();
    }

    @Benchmark
    public int judge() {
        matcher.match(next(), sink);
        return findings;
    }
}
