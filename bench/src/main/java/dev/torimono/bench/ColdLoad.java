// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import dev.torimono.rules.Matcher;
import java.lang.management.ManagementFactory;

/** How long the first load of a fresh JVM takes, by the clock and in CPU time of its thread. */
final class ColdLoad {
    private static final double NS_PER_MS = 1e6;

    private ColdLoad() {}

    public static void main(String[] args) {
        int files = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        var threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long clock = System.nanoTime();
        Matcher matcher = Upstream.matcher(files);
        System.out.printf(
                "%d rules loaded in %.0f ms, of which %.0f ms CPU%n",
                matcher.rules().size(),
                (System.nanoTime() - clock) / NS_PER_MS,
                (threads.getCurrentThreadCpuTime() - cpu) / NS_PER_MS);
    }
}
