// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.format.JsonFormat;
import dev.torimono.agent.format.ReadableFormat;
import dev.torimono.agent.format.TextFormat;
import dev.torimono.agent.output.Line;
import dev.torimono.agent.output.Outputs;
import dev.torimono.agent.output.StreamOutput;
import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Alert;
import dev.torimono.rules.Matcher;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.SensorException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * A start, some events and an end, told to nobody: what the JVM loads here it can keep in its
 * ahead-of-time cache, so that real starts are fast. Without the privileges for the kernel it goes
 * as far as it may.
 */
public final class Rehearsal {
    private static final int EVENTS = 20;
    private static final int SMALL_RING = 1 << 16;
    private static final long EVENT_WAIT_MS = 20;

    private final Log log = Log.silent();
    private final AgentConfig config;

    public Rehearsal(AgentConfig config) {
        this.config = config;
    }

    /** Returns whether the kernel took part. */
    public boolean run() throws IOException {
        Path folder = Files.createTempDirectory("torimono");
        Path lockFile = folder.resolve("agent.lock");
        try (AgentLock _ = AgentLock.take(lockFile)) {
            Matcher matcher = new Rulebook(config.rules()).start().tell(log);
            LossWatch losses =
                    new LossWatch(
                            someLosses(),
                            Instant::now,
                            "rehearsal",
                            tid -> null,
                            cgroup -> null,
                            task -> List.of());
            losses.look(System.nanoTime()).ifPresent(this::render);
            ReplayRehearsal.run(
                    config,
                    new JsonFormat(AlertShape.DEFAULT, ZoneId.systemDefault()),
                    log,
                    folder);
            return withKernel(matcher);
        } finally {
            Files.deleteIfExists(lockFile);
            Files.deleteIfExists(folder);
        }
    }

    private boolean withKernel(Matcher matcher) throws IOException {
        try (KernelSensor sensor =
                        KernelSensor.open(new SensorConfig(SMALL_RING, SMALL_RING, true));
                Outputs outputs = outputs();
                Host host = new Host(HostConfig.live().withDefaultRuntimes())) {
            host.snapshot();
            Pipeline pipeline =
                    new Pipeline(
                            sensor,
                            Observer.of(host),
                            matcher,
                            outputs::offer,
                            new Pipeline.Settings(Hostname.of(config.run()), true),
                            new Counters(),
                            Losses.of(sensor),
                            log);
            Signals.handle(() -> {}, () -> {});
            int[] rounds = {0};
            pipeline.run(() -> rounds[0]++ >= EVENTS || !happen());
            return true;
        } catch (SensorException e) {
            log.debug(String.valueOf(e.getMessage()));
            return false;
        }
    }

    /** Something for the sensor to see. */
    private static boolean happen() {
        try {
            return new ProcessBuilder("/bin/true")
                    .start()
                    .waitFor(EVENT_WAIT_MS * EVENTS, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void render(Alert alert) {
        ZoneId zone = ZoneId.systemDefault();
        new Line(alert, new JsonFormat(AlertShape.DEFAULT, zone)).bytes();
        new Line(alert, new TextFormat(AlertShape.DEFAULT, zone)).bytes();
        new Line(alert, new ReadableFormat(zone, true)).bytes();
    }

    private Outputs outputs() {
        return new Outputs(
                List.of(new StreamOutput("nowhere", OutputStream.nullOutputStream())),
                new JsonFormat(AlertShape.DEFAULT, ZoneId.systemDefault()),
                EVENTS,
                EVENT_WAIT_MS,
                log,
                log::warn);
    }

    private static Losses someLosses() {
        return new Losses() {
            @Override
            public long total() {
                return 1;
            }

            @Override
            public Map<String, Long> byType() {
                return Map.of("execve", 1L);
            }
        };
    }
}
