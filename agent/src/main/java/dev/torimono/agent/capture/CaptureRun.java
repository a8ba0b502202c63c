// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.capture;

import dev.torimono.agent.AgentException;
import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.Log;
import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.SensorException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens on this machine to a file until something ends it. The thread that reads the
 * kernel's rings also writes: a disk that is too slow shows as events lost on the rings, which are
 * counted.
 */
public final class CaptureRun {
    private static final long POLL_MS = 100;
    private static final long TOLD_EVERY_NS = 500_000_000L;
    private static final String CLEAR = "\r\u001b[K";

    private final CaptureOptions options;
    private final Log log;
    private final @Nullable PrintStream terminal;
    private volatile boolean stopped;
    private boolean full;
    private long toldNs;

    /** Progress goes to the terminal; null for none. */
    public CaptureRun(CaptureOptions options, Log log, @Nullable PrintStream terminal) {
        this.options = options;
        this.log = log;
        this.terminal = terminal;
    }

    /**
     * What was captured.
     *
     * @param events events written
     * @param bytes bytes written
     * @param lost events that did not fit on the kernel's rings
     * @param files the files, oldest first
     */
    public record Summary(long events, long bytes, long lost, List<String> files) {
        public String text() {
            return String.format(
                    Locale.ROOT,
                    "captured %d events (%d bytes) to %s, %d lost",
                    events,
                    bytes,
                    String.join(", ", files),
                    lost);
        }
    }

    /** Ends {@link #run} soon; any thread. */
    public void stop() {
        stopped = true;
    }

    /**
     * Captures until stopped, or until duration or count are reached.
     *
     * @throws AgentException when the machine or the file does not allow it
     */
    public Summary run() {
        CaptureFilter filter = CaptureFilter.of(options.filter());
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT.withMoving());
                Host host = new Host(hostConfig())) {
            sensor.subscribe(filter.demand());
            host.snapshot();
            try (CaptureFiles files =
                    new CaptureFiles(options, () -> host.snapshot(_ -> true, List.of()))) {
                files.begin();
                log.info("capturing to " + files.files().iterator().next() + "; ready");
                capture(sensor, host, filter, files);
                files.end();
                return summary(files, sensor.lostTotal());
            }
        } catch (SensorException e) {
            throw new AgentException(Reason.ENVIRONMENT, String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException | IOException e) {
            throw new AgentException(
                    Reason.ENVIRONMENT,
                    "capture: " + options.file() + ": cannot be written: " + e.getMessage(),
                    e);
        }
    }

    private HostConfig hostConfig() {
        HostConfig live = HostConfig.live();
        return options.dockerSockets().isEmpty()
                ? live.withDefaultRuntimes()
                : live.withDockerSockets(options.dockerSockets());
    }

    private void capture(KernelSensor sensor, Host host, CaptureFilter filter, CaptureFiles files)
            throws IOException {
        long startNs = System.nanoTime();
        while (!stopped && !full && !isOver(startNs)) {
            int handed = sensor.poll(event -> take(event, host, filter, files), POLL_MS);
            host.tick(System.nanoTime());
            if (handed == 0) {
                files.flush();
            }
            tell(files, sensor);
        }
        PrintStream out = terminal;
        if (out != null) {
            out.print(CLEAR);
            out.flush();
        }
    }

    private boolean isOver(long startNs) {
        return options.durationNs() > 0 && System.nanoTime() - startNs >= options.durationNs();
    }

    private void take(Event event, Host host, CaptureFilter filter, CaptureFiles files) {
        Observation observation = host.observe(event);
        if (full || !filter.keeps(observation)) {
            return;
        }
        try {
            files.write(event, observation.task());
            if (!stopped) {
                files.rotate(); // taking the state takes time, which one who waits has not
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        full = options.count() > 0 && files.events() >= options.count();
    }

    private void tell(CaptureFiles files, KernelSensor sensor) {
        PrintStream out = terminal;
        long nowNs = System.nanoTime();
        if (out == null || nowNs - toldNs < TOLD_EVERY_NS) {
            return;
        }
        toldNs = nowNs;
        out.printf(
                Locale.ROOT,
                "%s%,d events, %,d kB, %,d lost",
                CLEAR,
                files.events(),
                files.bytes() / 1024,
                sensor.lostTotal());
        out.flush();
    }

    private static Summary summary(CaptureFiles files, long lost) {
        List<String> names = new java.util.ArrayList<>();
        files.files().forEach(file -> names.add(file.toString()));
        return new Summary(files.events(), files.bytes(), lost, names);
    }
}
