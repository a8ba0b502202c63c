// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.activity.Activity;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.AlertFormat;
import dev.torimono.agent.journal.JournalOutput;
import dev.torimono.agent.output.Output;
import dev.torimono.agent.output.OutputFactory;
import dev.torimono.agent.output.Outputs;
import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Alert;
import dev.torimono.rules.Matcher;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.SensorException;
import dev.torimono.sensor.seccomp.SeccompSensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole agent of one machine: starts the stages in order, runs the pipeline on the calling
 * thread, and takes everything down again.
 */
public final class Agent {
    private static final long DEBOUNCE_MS = 200;

    private final AgentConfig config;
    private final AlertFormat format;
    private final Log log;
    private final Counters counters = new Counters();
    private final CompletableFuture<Pipeline> running = new CompletableFuture<>();
    private final AtomicReference<@Nullable String> stop = new AtomicReference<>();

    private volatile Runnable ready = () -> {};

    /** Until there is something to look at again, a hangup must not end us. */
    private volatile Runnable hangup = () -> {};

    private volatile @Nullable Supplier<String> diagnosis;

    private final AtomicReference<@Nullable String> readerGone = new AtomicReference<>();

    public Agent(AgentConfig config, AlertFormat format, Log log) {
        this.config = config;
        this.format = format;
        this.log = log;
    }

    /** Called once, on a thread of its own, when every hook is armed. */
    public void onReady(Runnable told) {
        ready = told;
    }

    /**
     * Has the collector told what works on this machine.
     *
     * @param looking looks at it and gives JSON; called now and then on a thread of its own
     */
    public void diagnosedBy(Supplier<String> looking) {
        diagnosis = looking;
    }

    /**
     * Works until a signal ends it.
     *
     * @throws AgentException when it cannot start, or when nobody reads its alerts any more
     */
    public void run() {
        long startNs = System.nanoTime();
        Signals.handle(() -> stop("signal"), () -> hangup.run());
        try (AgentLock _ = AgentLock.take(config.run().lockFile());
                FleetStage fleet = new FleetStage(config, log)) {
            run(fleet, startNs);
        }
        String gone = readerGone.get();
        if (gone != null) {
            throw new AgentException(Reason.ENVIRONMENT, gone);
        }
    }

    private void run(FleetStage fleet, long startNs) {
        Rulebook rulebook = new Rulebook(fleet.config().rules(), this::tells, fleet.isThere());
        PolicyStage policies = new PolicyStage(fleet.config(), log);
        try (Reloader reloader =
                        new Reloader(
                                rulebook, running, counters, policies::reload, log, DEBOUNCE_MS);
                Ending _ = watch(rulebook, policies, fleet, reloader)) {
            // The kernel's verifier and our rule compiler keep one core each busy.
            CompletableFuture<Rulebook.Started> rules =
                    CompletableFuture.supplyAsync(
                            () -> prepare(rulebook, policies, fleet), Agent::onOwnThread);
            try (Eyes eyes = Eyes.open(config, log)) {
                log.debug("start: sensor open after " + msSince(startNs) + " ms");
                Matcher matcher = await(rules).tellLive(log);
                policies.tell();
                log.debug("start: rules compiled after " + msSince(startNs) + " ms");
                try (Outputs outputs = outputs();
                        Host host = new Host(hostConfig(matcher, eyes, policies), eyes.cgroups())) {
                    host.snapshot();
                    WarmUp.lineage(host);
                    log.debug("start: processes taken in after " + msSince(startNs) + " ms");
                    hangup = () -> hangup(outputs, reloader);
                    work(eyes, host, matcher, outputs, policies, fleet, reloader, startNs);
                }
            }
        } catch (SensorException e) {
            throw new AgentException(Reason.ENVIRONMENT, String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether events of a name are ever told here. */
    private boolean tells(String event) {
        return config.seccomp() == null ? KernelSensor.tells(event) : SeccompSensor.tells(event);
    }

    /** Something that runs beside the pipeline and is ended with it. */
    private interface Ending extends AutoCloseable {
        @Override
        void close();
    }

    private void work(
            Eyes eyes,
            Host host,
            Matcher matcher,
            Outputs outputs,
            PolicyStage policies,
            FleetStage fleet,
            Reloader reloader,
            long startNs) {
        Losses losses = eyes.losses();
        Pipeline.Settings settings =
                new Pipeline.Settings(Hostname.of(config.run()), config.alerts().lineage());
        HeldAlerts held =
                new HeldAlerts(alert -> outputs.offer(alert) + fleet.offer(alert), counters);
        Pipeline pipeline =
                new Pipeline(
                        eyes.source(),
                        Observer.of(host),
                        matcher,
                        held,
                        fleet.watching(
                                policies.begin(
                                        host, eyes.enforcement(), alert -> offer(held, alert)),
                                Activity.World.of(host)),
                        settings,
                        counters,
                        losses,
                        log);
        policies.sit(new HostBench(host, pipeline));
        eyes.begin(alert -> offer(held, alert));
        pipeline.begin();
        running.complete(pipeline);
        CanaryWatch canary =
                new CanaryWatch(
                        eyes.song() == null ? CanaryWatch.MUTE : eyes.song(),
                        alert -> offer(held, alert),
                        java.time.InstantSource.system(),
                        settings.hostname(),
                        log);
        Stats stats =
                new Stats(
                        counters,
                        losses,
                        () -> counts(eyes, host, policies, fleet, canary),
                        outputs);
        try (Ending _ = stats::end;
                policies;
                CanaryWatch _ = canary.start(eyes.song() == null ? 0 : config.canarySeconds());
                Ending _ = every(config.run().statsSeconds(), stats)) {
            log.info(
                    "ready: every hook is armed after "
                            + msSince(startNs)
                            + " ms; pid "
                            + ProcessHandle.current().pid());
            Thread.ofPlatform().daemon().name("ready").start(ready);
            fleet.begin(reloader, stats, policies);
            fleet.diagnose(diagnosis);
            pipeline.run(() -> stop.get() != null);
            log.info("stopping: " + stop.get() + "; " + stats.line());
        }
    }

    private static String counts(
            Eyes eyes, Host host, PolicyStage policies, FleetStage fleet, CanaryWatch canary) {
        return String.join(
                        " ",
                        eyes.stats(),
                        canary.toString(),
                        policies.stats(),
                        fleet.stats(),
                        host.counters().toString())
                .strip()
                .replaceAll(" +", " ");
    }

    private int offer(HeldAlerts held, Alert alert) {
        int dropped = held.offer(alert);
        counters.increment(Counter.ALERTS);
        counters.add(Counter.ALERTS_DROPPED, dropped);
        return dropped;
    }

    private Rulebook.Started prepare(Rulebook rulebook, PolicyStage policies, FleetStage fleet) {
        WarmUp.run(format);
        FirstLoad load = new FirstLoad(rulebook, policies, fleet);
        return load.run();
    }

    private static void hangup(Outputs outputs, Reloader reloader) {
        outputs.reopen();
        reloader.request("SIGHUP");
    }

    /** Ends {@link #run} soon; any thread. */
    public void stop(String why) {
        stop.compareAndSet(null, why);
    }

    private static long msSince(long startNs) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    private static void onOwnThread(Runnable work) {
        Thread.ofPlatform().daemon().name("start-rules").start(work);
    }

    private static Rulebook.Started await(CompletableFuture<Rulebook.Started> rules) {
        try {
            return rules.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private HostConfig hostConfig(Matcher matcher, Eyes eyes, PolicyStage policies) {
        HostConfig live =
                HostConfig.live()
                        .withEnvironment(matcher.demand().environment())
                        .withPlaces(
                                (cgroup, container) -> {
                                    eyes.places().place(cgroup, container);
                                    policies.cgroupSeen();
                                });
        return live.withRuntimes(eyes.runtimes(config));
    }

    private Outputs outputs() {
        List<Output> outputs = new ArrayList<>(OutputFactory.outputs(config.outputs(), log));
        AgentConfig.File journal = config.journal();
        if (journal != null) {
            outputs.add(new JournalOutput(journal));
        }
        return new Outputs(
                outputs,
                format,
                config.outputs().queueCapacity(),
                config.run().drainMs(),
                log,
                why -> {
                    readerGone.set(why);
                    stop(why);
                });
    }

    /** Begins before the rules are read, so that no change falls between. */
    private Ending watch(
            Rulebook rulebook, PolicyStage policies, FleetStage fleet, Reloader reloader) {
        if (!config.rules().reload()) {
            return () -> {};
        }
        try {
            List<Path> paths = new ArrayList<>(rulebook.watched());
            paths.addAll(policies.watched());
            paths.removeIf(fleet::owns);
            RuleWatch watch =
                    new RuleWatch(paths, path -> reloader.request(path + " changed"), log);
            return watch::close;
        } catch (IOException e) {
            log.warn(
                    "rules: changes will not be noticed: "
                            + e.getMessage()
                            + "; SIGHUP loads them again");
            return () -> {};
        }
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
