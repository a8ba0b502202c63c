// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import java.util.Arrays;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the engine's and the loader's benchmarks in so many JVMs each and prints p50 over JVMs, by
 * the clock and in CPU time, with the best and the worst: one JVM's luck with compiling is no
 * figure. {@code EngineForks [JVMS [BENCHMARKS [FILES]]]}: a pattern of benchmarks, one or three
 * rule files.
 */
final class EngineForks {
    private EngineForks() {}

    public static void main(String[] args) throws RunnerException {
        int forks = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(args.length > 1 ? args[1] : "EngineBenchmark|LoadBenchmark")
                        .forks(forks)
                        .addProfiler(CpuTime.class)
                        .addProfiler(GCProfiler.class);
        if (args.length > 2) {
            options.param("files", args[2]);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        System.out.printf(
                "%n%-44s %34s %26s %10s%n",
                "p50 over " + forks + " JVMs (best, worst)", "clock", "CPU", "bytes");
        for (RunResult result : results) {
            Collection<BenchmarkResult> runs = result.getBenchmarkResults();
            System.out.printf(
                    "%-44s %34s %26s %10.2f%n",
                    name(result),
                    text(runs.stream().mapToDouble(run -> run.getPrimaryResult().getScore()))
                            + " "
                            + result.getPrimaryResult().getScoreUnit(),
                    text(runs.stream().mapToDouble(run -> second(run, "cpu"))) + " ns",
                    runs.stream()
                            .mapToDouble(run -> second(run, "gc.alloc.rate.norm"))
                            .min()
                            .orElse(Double.NaN));
        }
    }

    private static String name(RunResult result) {
        StringBuilder name = new StringBuilder(result.getParams().getBenchmark());
        name.delete(0, name.lastIndexOf(".", name.lastIndexOf(".") - 1) + 1);
        for (String key : result.getParams().getParamsKeys()) {
            name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }
        return name.toString();
    }

    private static double second(BenchmarkResult run, String name) {
        Result<?> result = run.getSecondaryResults().get(name);
        return result == null ? Double.NaN : result.getScore();
    }

    private static String text(java.util.stream.DoubleStream scores) {
        double[] sorted = scores.sorted().toArray();
        return "%.1f %s"
                .formatted(
                        sorted[sorted.length / 2],
                        Arrays.asList(
                                "%.1f".formatted(sorted[0]),
                                "%.1f".formatted(sorted[sorted.length - 1])));
    }
}
