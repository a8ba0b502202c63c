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
import java.nio.file.Path;
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
     * Goes through a capture to its end.
     *
     * @return how many alerts there were
     * @throws AgentException when it is no capture, or is damaged
     */
    public long run(Path capture) {
        Matcher matcher = new Rulebook(config.rules()).start().tell(log);
        CaptureHost host = new CaptureHost(new CaptureContainers());
        AtomicReference<@Nullable String> machine = new AtomicReference<>();
        AtomicReference<@Nullable String> gone = new AtomicReference<>();
        Counters counters = new Counters();
        long startNs = System.nanoTime();
        try (ReplaySensor sensor =
                        ReplaySensor.open(capture, snapshot -> begin(host, snapshot, machine));
                Outputs outputs = outputs(gone)) {
            Pipeline pipeline =
                    new Pipeline(
                            sensor,
                            Observer.of(host),
                            matcher,
                            outputs::put,
                            new Pipeline.Settings(
                                    hostname(machine.get()), config.alerts().lineage()),
                            counters,
                            Losses.NONE,
                            log);
            pipeline.run(() -> gone.get() != null);
        } catch (ScapException e) {
            throw new AgentException(Reason.CONFIG, String.valueOf(e.getMessage()), e);
        }
        String why = gone.get();
        if (why != null) {
            throw new AgentException(Reason.ENVIRONMENT, why);
        }
        long events = counters.get(Counter.EVENTS);
        long alerts = counters.get(Counter.ALERTS);
        double seconds = (System.nanoTime() - startNs) / 1e9;
        log.info("%s: %d events in %.2f s; %d alerts".formatted(capture, events, seconds, alerts));
        return alerts;
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
