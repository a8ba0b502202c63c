// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.agent.AgentException.Reason;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.format.AlertFormat;
import dev.torimono.agent.journal.JournalOutput;
import dev.torimono.agent.output.Output;
import dev.torimono.agent.output.OutputFactory;
import dev.torimono.agent.output.Outputs;
import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.rules.Matcher;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.SensorException;
import dev.torimono.sensor.seccomp.SeccompSensor;
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
                RuleWatch _ = watch(rulebook, policies, fleet, reloader)) {
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
                        Host host =
                                new Host(
                                        hostConfig(matcher, eyes, policies),
                                        eyes.cgroups(),
                                        NativeFiles.open())) {
                    host.snapshot();
                    WarmUp.lineage(host);
                    log.debug("start: processes taken in after " + msSince(startNs) + " ms");
                    hangup = () -> hangup(outputs, reloader);
                    WorkingAgent.Stages stages =
                            new WorkingAgent.Stages(eyes, host, outputs, policies, fleet, reloader);
                    new WorkingAgent(config, stages, counters, log)
                            .work(
                                    matcher,
                                    new WorkingAgent.Watchers(
                                            running::complete,
                                            () -> armed(startNs),
                                            diagnosis,
                                            stop::get));
                }
            }
        } catch (SensorException e) {
            boolean other = e.reason() == SensorException.Reason.ALREADY_RUNNING;
            throw new AgentException(
                    other ? Reason.ALREADY_RUNNING : Reason.ENVIRONMENT,
                    String.valueOf(e.getMessage()),
                    e);
        }
    }

    /** Whether events of a name are ever told here. */
    private boolean tells(String event) {
        return config.seccomp() == null ? KernelSensor.tells(event) : SeccompSensor.tells(event);
    }

    private void armed(long startNs) {
        log.info(
                "ready: every hook is armed after "
                        + msSince(startNs)
                        + " ms; pid "
                        + ProcessHandle.current().pid());
        Thread.ofPlatform().daemon().name("ready").start(ready);
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
    private @Nullable RuleWatch watch(
            Rulebook rulebook, PolicyStage policies, FleetStage fleet, Reloader reloader) {
        if (!config.rules().reload()) {
            return null;
        }
        List<Path> paths = new ArrayList<>(rulebook.watched());
        paths.addAll(policies.watched());
        paths.removeIf(fleet::owns);
        return RuleWatch.begin(paths, path -> reloader.request(path + " changed"), log);
    }
}
