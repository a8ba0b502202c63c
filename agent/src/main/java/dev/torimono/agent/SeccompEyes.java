// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.host.container.RuntimeClient;
import dev.torimono.host.ecs.TaskClient;
import dev.torimono.model.Alert;
import dev.torimono.model.Enforcement;
import dev.torimono.model.EventSource;
import dev.torimono.model.PlaceSink;
import dev.torimono.model.Text;
import dev.torimono.sensor.Capability;
import dev.torimono.sensor.KernelProbe;
import dev.torimono.sensor.seccomp.SeccompConfig;
import dev.torimono.sensor.seccomp.SeccompCount;
import dev.torimono.sensor.seccomp.SeccompSensor;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Calls of covered programs that wait for us. */
record SeccompEyes(SeccompSensor sensor, CoverWatch watch, TaskNames names, Log log)
        implements Eyes {
    static SeccompEyes open(AgentConfig config, SeccompConfig seccomp, Log log) {
        TaskNames names = new TaskNames();
        CoverWatch watch = new CoverWatch(Hostname.of(config.run()), log);
        SeccompSensor sensor = SeccompSensor.open(seccomp, names::place, watch);
        if (!KernelProbe.capabilities().contains(Capability.CAP_SYS_PTRACE)) {
            log.warn(
                    "sensor: SYS_PTRACE is missing: what processes of other users do cannot be"
                            + " read; give the sidecar that capability");
        }
        if (!seccomp.readOpens()) {
            log.info(
                    "sensor: files that are opened for reading only are not seen; seccomp.opens=all"
                            + " shows them, at a price");
        }
        return new SeccompEyes(sensor, watch, names, log);
    }

    @Override
    public EventSource source() {
        return sensor;
    }

    @Override
    public Enforcement enforcement() {
        return sensor.enforcement();
    }

    @Override
    public Losses losses() {
        return Losses.NONE;
    }

    @Override
    public CanaryWatch.@Nullable Song song() {
        return null;
    }

    @Override
    public PlaceSink places() {
        return PlaceSink.NONE;
    }

    @Override
    public LongFunction<@Nullable Text> cgroups() {
        return sensor::cgroupOf;
    }

    /** The containers of our task, and nobody else's. */
    @Override
    public List<RuntimeClient> runtimes(AgentConfig config) {
        String uri = System.getenv().getOrDefault(TaskNames.METADATA, "");
        TaskClient client = new TaskClient(TaskNames.endpoint(uri), names, log::warn);
        names.whenLearned(client::learned);
        return List.of(client);
    }

    @Override
    public void begin(Consumer<Alert> sink) {
        watch.begin(sink);
    }

    @Override
    public String stats() {
        StringJoiner line = new StringJoiner(" ");
        for (SeccompCount each : SeccompCount.values()) {
            long count = sensor.count(each);
            if (count > 0) {
                line.add("calls_" + each.name().toLowerCase(Locale.ROOT) + "=" + count);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        sensor.close();
    }
}
