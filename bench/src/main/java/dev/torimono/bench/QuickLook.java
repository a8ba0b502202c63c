// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import dev.torimono.rules.Matcher;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;

/** Rough figures in seconds instead of minutes, in CPU time, for trying things out. */
final class QuickLook {
    private QuickLook() {}

    public static void main(String[] args) {
        int files = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
        long started = System.nanoTime();
        Matcher matcher = Upstream.matcher(files);
        System.out.printf("load %d ms%n", (System.nanoTime() - started) / 1_000_000);
        RecordedMix mix = new RecordedMix(Upstream.mix(), Arena.global());
        System.out.printf("%d rules, %d events%n", matcher.rules().size(), mix.size());
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        int passes = Math.max(1, 4_000_000 / mix.size());
        for (int round = 0; round < rounds; round++) {
            long cpu = threads.getCurrentThreadCpuTime();
            long bytes = threads.getCurrentThreadAllocatedBytes();
            long matched = 0;
            for (int i = 0; i < passes * mix.size(); i++) {
                matched += matcher.match(mix.next(), finding -> {});
            }
            double ns = (double) (threads.getCurrentThreadCpuTime() - cpu) / passes / mix.size();
            bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
            System.out.printf(
                    "%.1f ns an event, %.2f M/s; %d findings a pass, %.1f bytes an event%n",
                    ns, 1000 / ns, matched / passes, (double) bytes / passes / mix.size());
        }
    }
}
