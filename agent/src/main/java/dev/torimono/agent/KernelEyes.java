// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.config.AgentConfig;
import dev.torimono.host.RuntimeSockets;
import dev.torimono.host.container.RuntimeClient;
import dev.torimono.model.Alert;
import dev.torimono.model.Enforcement;
import dev.torimono.model.EventSource;
import dev.torimono.model.PlaceSink;
import dev.torimono.model.Text;
import dev.torimono.sensor.KernelSensor;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Programs in the kernel. */
record KernelEyes(KernelSensor sensor) implements Eyes {
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
        return Losses.of(sensor);
    }

    @Override
    public CanaryWatch.Song song() {
        return sensor.canary()::sing;
    }

    @Override
    public PlaceSink places() {
        return sensor;
    }

    @Override
    public LongFunction<@Nullable Text> cgroups() {
        return _ -> null;
    }

    @Override
    public List<RuntimeClient> runtimes(AgentConfig config) {
        return RuntimeSockets.clients(config.dockerSockets(), config.criSockets());
    }

    @Override
    public void begin(Consumer<Alert> sink) {
        // Losses and blindness are watched from outside.
    }

    @Override
    public String stats() {
        return "";
    }

    @Override
    public void close() {
        sensor.close();
    }
}
