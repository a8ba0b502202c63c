// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.AlertFormat;
import dev.torimono.agent.output.OutputFactory;
import dev.torimono.agent.output.Outputs;
import dev.torimono.host.capture.CaptureContainers;
import dev.torimono.host.capture.CaptureHost;
import dev.torimono.model.Snapshot;
import dev.torimono.rules.Matcher;
import dev.torimono.sensor.scap.ReplaySensor;
import dev.torimono.sensor.scap.ScapException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The same pipeline over a capture instead of the kernel: what would have been told? */
public final class Replay {
    /** Nothing is lost by waiting for a slow receiver here. */
    private static final long DRAIN_MS = 600_000;

    private final AgentConfig config;
    private final AlertFormat format;
    private final Log log;

    public Replay(AgentConfig config, AlertFormat format, Log log) {
        this.config = config;
        this.format = format;
        this.log = log;
    }

    /**
     * What a replay was.
     *
     * @param events events of the capture
     * @param alerts alerts told
     * @param seconds how long it took, the delivery of alerts included
     */
    public record Summary(long events, long alerts, double seconds) {
        /** {@code replayed 77892 events in 0.61 s (127692 events/s), 104 alerts}. */
        public String text() {
            return String.format(
                    Locale.ROOT,
                    "replayed %d events in %.2f s (%.0f events/s), %d alerts",
                    events,
                    seconds,
                    seconds > 0 ? events / seconds : 0,
                    alerts);
        }
    }

    /**
     * Goes through a capture to its end.
     *
     * @return how many alerts there were
     * @throws AgentException when it is no capture, or is damaged
     */
    public long run(Path capture) {
        return run(capture, ReplayWindow.ALL, null).alerts();
    }

    /**
     * Goes through a capture.
     *
     * @param window the part that is judged
     * @param terminal where progress is shown; null for nowhere
     * @throws AgentException when it is no capture, or is damaged
     */
    public Summary run(Path capture, ReplayWindow window, @Nullable PrintStream terminal) {
        Matcher matcher = new Rulebook(config.rules()).start().tell(log);
        CaptureHost host = new CaptureHost(new CaptureContainers());
        AtomicReference<@Nullable String> machine = new AtomicReference<>();
        AtomicReference<@Nullable String> gone = new AtomicReference<>();
        Counters counters = new Counters();
        ReplayProgress progress = new ReplayProgress(terminal);
        long startNs = System.nanoTime();
        try (ReplaySensor sensor =
                        ReplaySensor.open(capture, snapshot -> begin(host, snapshot, machine));
                Outputs outputs = outputs(gone)) {
            WindowedObserver observer = new WindowedObserver(Observer.of(host), window);
            Pipeline pipeline =
                    new Pipeline(
                            sensor,
                            observer,
                            matcher,
                            outputs::put,
                            new Pipeline.Settings(
                                    hostname(machine.get()), config.alerts().lineage()),
                            counters,
                            Losses.NONE,
                            log);
            pipeline.run(
                    () -> {
                        progress.at(counters.get(Counter.EVENTS), counters.get(Counter.ALERTS));
                        return gone.get() != null || observer.isOver();
                    });
        } catch (ScapException e) {
            throw new AgentException(Reason.CONFIG, String.valueOf(e.getMessage()), e);
        }
        progress.end();
        String why = gone.get();
        if (why != null) {
            throw new AgentException(Reason.ENVIRONMENT, why);
        }
        long events = counters.get(Counter.EVENTS);
        long alerts = counters.get(Counter.ALERTS);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        return new Summary(events, alerts, seconds);
    }

    private static void begin(
            CaptureHost host, Snapshot snapshot, AtomicReference<@Nullable String> machine) {
        host.begin(snapshot);
        machine.set(snapshot.machine().hostname().toString());
    }

    private String hostname(@Nullable String recorded) {
        boolean configured = !config.run().hostname().isEmpty();
        return configured || recorded == null || recorded.isEmpty()
                ? Hostname.of(config.run())
                : recorded;
    }

    private Outputs outputs(AtomicReference<@Nullable String> gone) {
        return new Outputs(
                OutputFactory.outputs(config.outputs(), log),
                format,
                config.outputs().queueCapacity(),
                DRAIN_MS,
                log,
                gone::set);
    }
}
