// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.activity.Activity;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.output.Outputs;
import dev.torimono.host.Host;
import dev.torimono.model.Alert;
import dev.torimono.rules.Matcher;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An agent whose every stage is there: joins them, and works until it is stopped. */
final class WorkingAgent {
    private final AgentConfig config;
    private final Stages stages;
    private final HeldAlerts held;
    private final Counters counters;
    private final Log log;

    /** What is joined. */
    record Stages(
            Eyes eyes,
            Host host,
            Outputs outputs,
            PolicyStage policies,
            FleetStage fleet,
            Reloader reloader) {}

    /**
     * Who wants to know how far it is.
     *
     * @param begun gets the pipeline before its first event
     * @param armed told when every hook is armed
     * @param diagnosis what works on this machine, as JSON for the collector; null for nothing
     * @param stopped why it is to stop; null while it is not
     */
    record Watchers(
            Consumer<Pipeline> begun,
            Runnable armed,
            @Nullable Supplier<String> diagnosis,
            Supplier<@Nullable String> stopped) {}

    WorkingAgent(AgentConfig config, Stages stages, Counters counters, Log log) {
        this.config = config;
        this.stages = stages;
        this.counters = counters;
        this.log = log;
        this.held =
                new HeldAlerts(
                        alert -> stages.outputs().offer(alert) + stages.fleet().offer(alert),
                        counters);
    }

    /** Something that runs beside the pipeline and is ended with it. */
    private interface Ending extends AutoCloseable {
        @Override
        void close();
    }

    void work(Matcher matcher, Watchers watchers) {
        Eyes eyes = stages.eyes();
        Losses losses = eyes.losses();
        String hostname = Hostname.of(config.run());
        Pipeline pipeline = pipeline(matcher, hostname, losses);
        stages.policies().sit(new HostBench(stages.host(), pipeline));
        eyes.begin(this::offer);
        pipeline.begin();
        watchers.begun().accept(pipeline);
        CanaryWatch.Song song = eyes.song();
        CanaryWatch canary =
                new CanaryWatch(
                        song == null ? CanaryWatch.MUTE : song,
                        this::offer,
                        InstantSource.system(),
                        hostname,
                        log);
        Stats stats = new Stats(counters, losses, () -> counts(canary), stages.outputs());
        try (Ending _ = stats::end;
                PolicyStage policies = stages.policies();
                CanaryWatch _ = canary.start(song == null ? 0 : config.canarySeconds());
                Ending _ = every(config.run().statsSeconds(), stats)) {
            watchers.armed().run();
            stages.fleet().begin(stages.reloader(), stats, policies);
            stages.fleet().diagnose(watchers.diagnosis());
            pipeline.run(() -> watchers.stopped().get() != null);
            log.info("stopping: " + watchers.stopped().get() + "; " + stats.line());
        }
    }

    private Pipeline pipeline(Matcher matcher, String hostname, Losses losses) {
        Host host = stages.host();
        return new Pipeline(
                stages.eyes().source(),
                Observer.of(host),
                matcher,
                held,
                stages.fleet()
                        .watching(
                                stages.policies()
                                        .begin(host, stages.eyes().enforcement(), this::offer),
                                Activity.World.of(host)),
                new Pipeline.Settings(hostname, config.alerts().lineage()),
                counters,
                losses,
                log);
    }

    private String counts(CanaryWatch canary) {
        return String.join(
                        " ",
                        stages.eyes().stats(),
                        canary.toString(),
                        stages.policies().stats(),
                        stages.fleet().stats(),
                        stages.host().counters().toString())
                .strip()
                .replaceAll(" +", " ");
    }

    private int offer(Alert alert) {
        int dropped = held.offer(alert);
        counters.increment(Counter.ALERTS);
        counters.add(Counter.ALERTS_DROPPED, dropped);
        return dropped;
    }

    private Ending every(long seconds, Stats stats) {
        if (seconds == 0) {
            return () -> {};
        }
        Thread clock = Thread.ofPlatform().daemon().name("stats").start(() -> tell(seconds, stats));
        return clock::interrupt;
    }

    private void tell(long seconds, Stats stats) {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(seconds);
                log.info(stats.line());
            }
        } catch (InterruptedException e) {
            // The agent ends.
            Thread.currentThread().interrupt();
        }
    }
}
