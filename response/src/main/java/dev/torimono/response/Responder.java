// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

import dev.torimono.model.Container;
import dev.torimono.response.action.Action;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.Target;
import dev.torimono.response.decision.Decision;
import dev.torimono.response.decision.PlannedAction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Carries decisions out, off the pipeline's thread: process kills, tree kills and container actions
 * each on a thread with a bounded queue. Tells each alert once, within {@link #TELL_WITHIN_MS}.
 */
public final class Responder implements AutoCloseable {
    /** How long an alert waits for its actions. */
    public static final long TELL_WITHIN_MS = 250;

    private static final long SETTLE_EVERY_MS = 10;
    private static final long SETTLE_WITHIN_MS = 5_000;

    private final Means means;
    private final LongSupplier epochNs;
    private final ResponseCounters counters = new ResponseCounters();
    private final Lane kills = new Lane("kill", 4096, counters);
    private final Lane trees = new Lane("tree", 256, counters);
    private final Lane containers = new Lane("container", 256, counters);
    private final Set<Telling> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;

    /**
     * Starts the threads.
     *
     * @param epochNs the time of events, ns since the epoch
     */
    public Responder(Means means, LongSupplier epochNs) {
        this.means = means;
        this.epochNs = epochNs;
        this.timer =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("respond-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        kills.offer(means.processes()::rehearse);
    }

    public ResponseCounters counters() {
        return counters;
    }

    /**
     * Whether a held exec is to be refused, or why not although a policy says so; asked by the gate
     * that holds it.
     */
    public Outcome prevention(Decision decision) {
        if (!decision.prevents()) {
            return Outcome.monitored("no policy prevents it");
        }
        return withheld().orElse(Outcome.DONE);
    }

    /** Whether a held exec is to be let pass and ended before its first instruction, or why not. */
    public Outcome ending(Decision decision, Target target) {
        Optional<PlannedAction> kill = decision.kill();
        if (kill.isEmpty()) {
            return Outcome.monitored("no policy kills it");
        }
        return withheld().orElseGet(() -> means.processes().permit(target));
    }

    /** The target was ended by the gate: kills that are asked for are done. */
    public void ended(Target target) {
        means.processes().ended(target, "ended before its first instruction");
    }

    /** The target was ended while its call waited. */
    public void endedHeld(Target target) {
        means.processes().ended(target, "ended while its call was held");
    }

    /** Carries out what follows from something that has happened. */
    public void carryOut(Decision decision, Target target, Reply reply) {
        carryOut(decision, target, Outcome.monitored("it was not held"), reply);
    }

    /**
     * Carries out a decision.
     *
     * @param prevention what became of a held exec
     */
    public void carryOut(Decision decision, Target target, Outcome prevention, Reply reply) {
        Telling telling = new Telling(reply, counters, decision.verdicts(), waiting::remove);
        boolean waits = start(decision, target, prevention, telling);
        if (!decision.open().isEmpty()) {
            telling.expectVerdicts();
            settleLater(decision, target, telling, System.nanoTime());
            waits = true;
        }
        if (waits) {
            waiting.add(telling);
            schedule(telling::tellNow, TELL_WITHIN_MS, telling);
        }
        telling.tellWhenComplete();
    }

    /** Starts every action; whether any is still to be waited for. */
    private boolean start(Decision decision, Target target, Outcome prevention, Telling telling) {
        int count = decision.actions().size();
        int[] numbers = new int[count];
        // All are announced before the first can finish: else the alert could be told too early.
        for (int i = 0; i < count; i++) {
            numbers[i] = telling.expect(decision.actions().get(i).action().resultType());
        }
        boolean queued = false;
        for (int i = 0; i < count; i++) {
            queued |= start(decision.actions().get(i), target, prevention, telling, numbers[i]);
        }
        return queued;
    }

    private boolean start(
            PlannedAction planned, Target target, Outcome prevention, Telling telling, int number) {
        Optional<Outcome> instead =
                planned.monitored()
                        ? Optional.of(Outcome.monitored("policy \"" + planned.policy() + "\""))
                        : withheld();
        if (instead.isPresent()) {
            telling.result(number, instead.get(), -1);
            return false;
        }
        return switch (planned.action()) {
            case Action.Prevent _ -> {
                telling.result(number, prevention, latencyMs(target));
                yield false;
            }
            case Action.KillProcess kill ->
                    queue(
                            kill.tree() ? trees : kills,
                            () -> means.processes().kill(planned, target, kill.tree()),
                            target,
                            telling,
                            number);
            case Action.OnContainer on ->
                    queue(
                            containers,
                            () -> means.containers().act(planned, target, on.step()),
                            target,
                            telling,
                            number);
            case Action.TakeCapture take ->
                    queue(
                            containers,
                            () -> means.recorder().record(take.capture(), target),
                            target,
                            telling,
                            number);
        };
    }

    /** Whether anything may be done at all: no dry run, no kill switch. */
    public boolean acts() {
        return withheld().isEmpty();
    }

    /** Why nothing may be done at all. */
    private Optional<Outcome> withheld() {
        if (means.guards().dryRun()) {
            return Optional.of(Outcome.monitored("the agent only rehearses: dry run"));
        }
        return means.guards().objectToAll().map(Outcome::refused);
    }

    private boolean queue(
            Lane lane, Supplier<Outcome> work, Target target, Telling telling, int number) {
        boolean queued =
                lane.offer(
                        () -> {
                            Outcome outcome = attempt(work);
                            telling.result(number, outcome, latencyMs(target));
                        });
        if (queued) {
            counters.increment(ResponseCounter.ACTIONS_QUEUED);
        } else {
            counters.increment(ResponseCounter.ACTIONS_DROPPED);
            telling.result(number, Outcome.failed("too many actions are waiting"), -1);
        }
        return queued;
    }

    private Outcome attempt(Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            counters.increment(ResponseCounter.FAULTS);
            return Outcome.failed("fault of the agent: " + e);
        }
    }

    private void settleLater(Decision decision, Target target, Telling telling, long sinceNs) {
        schedule(() -> settle(decision, target, telling, sinceNs), SETTLE_EVERY_MS, telling);
    }

    /** Decides what was open once the runtime has answered. */
    private void settle(Decision decision, Target target, Telling telling, long sinceNs) {
        Container before = target.container();
        Container now = before == null ? null : means.lookup().find(before.fullId());
        if (now != null && !now.pending()) {
            Decision settled = decision.settle(now);
            start(settled, target.in(now), Outcome.monitored("it was not held"), telling);
            telling.verdicts(settled.verdicts());
        } else if (System.nanoTime() - sinceNs > TimeUnit.MILLISECONDS.toNanos(SETTLE_WITHIN_MS)) {
            counters.increment(ResponseCounter.LEFT_UNDECIDED);
            telling.verdicts(List.of());
        } else {
            settleLater(decision, target, telling, sinceNs);
        }
    }

    /** After close, waits end at once. */
    private void schedule(Runnable work, long delayMs, Telling telling) {
        try {
            var _ = timer.schedule(() -> counted(work), delayMs, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            telling.tellNow();
        }
    }

    /** A timer would keep a fault to itself. */
    private void counted(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            counters.increment(ResponseCounter.FAULTS);
        }
    }

    private double latencyMs(Target target) {
        return Math.round((epochNs.getAsLong() - target.eventNs()) / 10_000.0) / 100.0;
    }

    /** Finishes what is queued, for a moment; then every alert that still waits is told. */
    @Override
    public void close() {
        kills.close();
        trees.close();
        containers.close();
        timer.shutdown();
        List.copyOf(waiting).forEach(Telling::tellNow);
    }
}
