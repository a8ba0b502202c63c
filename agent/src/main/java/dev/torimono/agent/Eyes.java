// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.config.AgentConfig;
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

/** By what the agent of this machine sees and acts: the kernel, or calls that wait for it. */
interface Eyes extends AutoCloseable {
    EventSource source();

    Enforcement enforcement();

    Losses losses();

    /** What proves that events come through; null when nothing can. */
    CanaryWatch.@Nullable Song song();

    /** Who wants to know where cgroups belong. */
    PlaceSink places();

    /** Where a task is, when it knows better than /proc; gives null when it does not. */
    LongFunction<@Nullable Text> cgroups();

    /** Who describes containers. */
    List<RuntimeClient> runtimes(AgentConfig config);

    /** Alerts of its own can be told from now on; before the first event. */
    void begin(Consumer<Alert> sink);

    /** What it counted, as {@code name=value}; without zeros. */
    String stats();

    @Override
    void close();

    /** Those of the configuration, opened. */
    static Eyes open(AgentConfig config, Log log) {
        return config.seccomp() == null
                ? new KernelEyes(KernelSensor.open(config.sensor()))
                : SeccompEyes.open(config, config.seccomp(), log);
    }
}
