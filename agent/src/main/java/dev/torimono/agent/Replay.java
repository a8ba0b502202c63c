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
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
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
     * @param statistics what there was to judge, and what came of it
     * @param seconds how long it took, the delivery of alerts included, the rules' loading not
     * @param damage where and why the capture could not be read to its end; null when it could
     */
    public record Summary(ReplayStatistics statistics, double seconds, @Nullable String damage) {
        public long events() {
            return statistics.events();
        }

        public long alerts() {
            return statistics.alerts();
        }

        /** {@code replayed 77892 events in 0.61 s (127692 events/s), 104 alerts}. */
        public String text() {
            return String.format(
                    Locale.ROOT,
                    "replayed %d events in %.2f s (%.0f events/s), %d alerts",
                    events(),
                    seconds,
                    seconds > 0 ? events() / seconds : 0,
                    alerts());
        }
    }

    /**
     * Goes through a capture to its end.
     *
     * @return how many alerts there were
     * @throws AgentException when it is no capture, or is damaged
     */
    public long run(Path capture) {
        Summary summary = run(capture, ReplayWindow.ALL, null);
        String damage = summary.damage();
        if (damage != null) {
            throw new AgentException(Reason.CONFIG, damage);
        }
        return summary.alerts();
    }

    /**
     * Goes through a capture. What stands before a damage is judged as usual.
     *
     * @param window the part that is judged
     * @param terminal where progress is shown; null for nowhere
     * @throws AgentException when it is no capture, or nobody reads the alerts any more
     */
    public Summary run(Path capture, ReplayWindow window, @Nullable PrintStream terminal) {
        CaptureHost host = new CaptureHost(new CaptureContainers());
        AtomicReference<@Nullable String> machine = new AtomicReference<>();
        ReplayStatistics statistics = new ReplayStatistics();
        long startNs = System.nanoTime();
        try (ReplaySensor sensor =
                ReplaySensor.open(capture, snapshot -> begin(host, snapshot, machine))) {
            WindowedObserver observer = new WindowedObserver(Observer.of(host), window, statistics);
            long openedNs = System.nanoTime();
            Matcher matcher = new Rulebook(config.rules()).start().tell(log);
            long loadNs = System.nanoTime() - openedNs;
            Stage stage = new Stage(sensor, observer, matcher, hostname(machine.get()));
            ReplayProgress progress = new ReplayProgress(terminal, sizeOf(capture));
            String damage = judge(stage, statistics, progress);
            return new Summary(statistics, (System.nanoTime() - startNs - loadNs) / 1e9, damage);
        } catch (ScapException e) {
            throw new AgentException(Reason.CONFIG, String.valueOf(e.getMessage()), e);
        }
    }

    private record Stage(
            ReplaySensor sensor, WindowedObserver observer, Matcher matcher, String hostname) {}

    /** Runs to the end, the bound or a damage; returns the damage. */
    private @Nullable String judge(
            Stage stage, ReplayStatistics statistics, ReplayProgress progress) {
        AtomicReference<@Nullable String> gone = new AtomicReference<>();
        String damage = null;
        try (Outputs outputs = outputs(gone)) {
            Pipeline pipeline =
                    new Pipeline(
                            stage.sensor(),
                            stage.observer(),
                            stage.matcher(),
                            alert -> {
                                statistics.told(alert.finding());
                                return outputs.put(alert);
                            },
                            new Pipeline.Settings(stage.hostname(), config.alerts().lineage()),
                            new Counters(),
                            Losses.NONE,
                            log);
            pipeline.run(
                    () -> {
                        progress.at(statistics, stage.sensor().bytesRead());
                        return gone.get() != null || stage.observer().isOver();
                    });
        } catch (ScapException e) {
            damage = e.getMessage();
        } finally {
            progress.end();
        }
        String why = gone.get();
        if (why != null) {
            throw new AgentException(Reason.ENVIRONMENT, why);
        }
        return damage;
    }

    private static long sizeOf(Path capture) {
        try {
            return Files.size(capture);
        } catch (IOException e) {
            return 0; // a pipe, say: progress goes without a share
        }
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
