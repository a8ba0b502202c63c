// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.Rule;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.Selection;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What each rule costs by itself, in CPU time per event of a type that it can match. */
final class EachRule {
    private static final int ROUNDS = 4;
    private static final int EVENTS = 150_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final RecordedMix mix = new RecordedMix(Upstream.mix(), Arena.global());

    private record Cost(double ns, int events, String rule) {}

    public static void main(String[] args) {
        new EachRule().run(args.length > 0 ? Integer.parseInt(args[0]) : 3);
    }

    private void run(int files) {
        Ruleset ruleset = new RuleLoader(LoadOptions.DEFAULT).load(Upstream.files(files)).ruleset();
        List<Cost> costs = new ArrayList<>();
        for (Rule rule : ruleset.rules()) {
            Selection alone = Selection.DEFAULT.disableNamed("*").enableNamed(rule.name());
            Matcher matcher = ruleset.matcher(MatchStrategy.FIRST, alone, Priority.DEBUG);
            BitSet types = matcher.demand().eventTypes();
            int[] events =
                    IntStream.range(0, mix.size())
                            .filter(i -> types.get(mix.at(i).event().type().code()))
                            .toArray();
            if (events.length > 0) {
                costs.add(new Cost(best(matcher, events), events.length, rule.name()));
            }
        }
        costs.sort(Comparator.comparingDouble(Cost::ns).reversed());
        System.out.println("ns an event, events of its types in the recording, rule");
        costs.forEach(c -> System.out.printf("%7.1f %6d %s%n", c.ns, c.events, c.rule));
        System.out.printf(
                "%7.1f median of %d rules%n", costs.get(costs.size() / 2).ns, costs.size());
    }

    /** The best of some rounds, without what handing over costs. */
    private double best(Matcher matcher, int[] events) {
        double best = Double.MAX_VALUE;
        int passes = Math.max(1, EVENTS / events.length);
        for (int round = 0; round < ROUNDS; round++) {
            long begun = threads.getCurrentThreadCpuTime();
            long seen = 0;
            for (int pass = 0; pass < passes; pass++) {
                for (int i : events) {
                    seen += mix.at(i).event().timestampNs() & 1;
                }
            }
            long between = threads.getCurrentThreadCpuTime();
            for (int pass = 0; pass < passes; pass++) {
                for (int i : events) {
                    seen += matcher.match(mix.at(i), finding -> {});
                }
            }
            long judged = threads.getCurrentThreadCpuTime() - between;
            double ns = (double) (judged - (between - begun)) / passes / events.length;
            best = seen < 0 ? best : Math.min(best, Math.max(ns, 0));
        }
        return best;
    }
}
