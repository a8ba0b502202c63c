// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Alert;
import dev.torimono.rules.Matcher;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.SensorConfig;
import dev.torimono.sensor.SensorException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * The pipeline of this machine beside whatever else runs, on a thread of its own: alerts go to a
 * listener instead of outputs, nothing is enforced, no lock is taken.
 */
public final class Trial implements AutoCloseable {
    private final AgentConfig config;
    private final Consumer<Alert> listener;
    private final Log log;
    private final CompletableFuture<Losses> armed = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean stop;

    private Trial(AgentConfig config, Consumer<Alert> listener, Log log) {
        this.config = config;
        this.listener = listener;
        this.log = log;
        this.thread = Thread.ofPlatform().daemon().name("trial").unstarted(this::run);
    }

    /**
     * Returns once every hook is armed.
     *
     * @param listener takes alerts on the pipeline's thread; must not wait
     * @throws AgentException when it cannot start
     */
    public static Trial start(AgentConfig config, Consumer<Alert> listener, Log log) {
        Trial trial = new Trial(config, listener, log);
        trial.thread.start();
        try {
            trial.armed.join();
            return trial;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void run() {
        Matcher matcher;
        try {
            matcher = new Rulebook(config.rules()).start().tellLive(log);
        } catch (RuntimeException e) {
            armed.completeExceptionally(e);
            return;
        }
        HostConfig live = HostConfig.live().withEnvironment(matcher.demand().environment());
        HostConfig hostConfig =
                config.dockerSockets().isEmpty()
                        ? live.withDefaultRuntimes()
                        : live.withDockerSockets(config.dockerSockets());
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT);
                Host host = new Host(hostConfig)) {
            host.snapshot();
            Losses losses = Losses.of(sensor);
            Pipeline pipeline =
                    new Pipeline(
                            sensor,
                            Observer.of(host),
                            matcher,
                            alert -> {
                                listener.accept(alert);
                                return 0;
                            },
                            new Pipeline.Settings(Hostname.of(config.run()), true),
                            new Counters(),
                            losses,
                            log);
            pipeline.begin();
            armed.complete(losses);
            pipeline.run(() -> stop);
        } catch (SensorException e) {
            armed.completeExceptionally(
                    new AgentException(Reason.ENVIRONMENT, String.valueOf(e.getMessage()), e));
        } catch (RuntimeException e) {
            armed.completeExceptionally(e);
        }
    }

    /** Events that were lost so far. */
    public long lost() {
        return armed.join().total();
    }

    @Override
    public void close() {
        stop = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
