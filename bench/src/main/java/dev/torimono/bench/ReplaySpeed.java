// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import com.sun.management.ThreadMXBean;
import dev.torimono.host.capture.CaptureContainers;
import dev.torimono.host.capture.CaptureHost;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.rules.Matcher;
import dev.torimono.sensor.scap.ReplaySensor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How fast a capture is replayed on one thread: read alone, with state, and with rules. Figures are
 * CPU time of that thread, so that a busy machine does not show.
 */
final class ReplaySpeed {
    private static final int REPEATS = 36;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ReplaySpeed() {}

    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        Path file = Files.createTempFile("torimono-bench-", ".scap");
        try {
            long events = RepeatedCapture.write(Upstream.mix(), REPEATS, file);
            System.out.printf("%d events%n", events);
            stage("read", rounds, events, () -> read(file));
            stage("read, state", rounds, events, () -> replay(file, null));
            for (int files = 1; files <= 3; files += 2) {
                Matcher matcher = Upstream.matcher(files);
                String what = "read, state, rules of " + files + " file(s)";
                stage(what, rounds, events, () -> replay(file, matcher));
            }
        } finally {
            Files.delete(file);
        }
    }

    /** One way of going through the file; returns how many findings there were. */
    private interface Pass {
        long run();
    }

    private static void stage(String what, int rounds, long events, Pass pass) {
        for (int round = 1; round <= rounds; round++) {
            long wall = System.nanoTime();
            long cpu = THREADS.getCurrentThreadCpuTime();
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long findings = pass.run();
            double ns = (double) (THREADS.getCurrentThreadCpuTime() - cpu) / events;
            bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
            System.out.printf(
                    "%-32s round %d: %6.1f ns an event, %5.2f M/s of CPU, %5.2f M/s by the clock,"
                            + " %.1f bytes an event, %d findings%n",
                    what,
                    round,
                    ns,
                    1000 / ns,
                    1000.0 * events / (System.nanoTime() - wall),
                    (double) bytes / events,
                    findings);
        }
    }

    private static long read(Path file) {
        long[] sum = new long[1];
        try (ReplaySensor sensor = ReplaySensor.open(file, _ -> {})) {
            drain(sensor, event -> sum[0] += event.tid());
        }
        return 0;
    }

    private static long replay(Path file, @Nullable Matcher matcher) {
        CaptureHost host = new CaptureHost(new CaptureContainers());
        long[] findings = new long[1];
        try (ReplaySensor sensor = ReplaySensor.open(file, host::begin)) {
            drain(
                    sensor,
                    event -> {
                        Observation observation = host.observe(event);
                        if (matcher != null && observation != null) {
                            matcher.match(observation, _ -> findings[0]++);
                        }
                    });
        }
        return findings[0];
    }

    private static void drain(ReplaySensor sensor, Consumer<Event> each) {
        int handed = 0;
        while (handed >= 0) {
            handed = sensor.poll(each::accept, 0);
        }
    }
}
