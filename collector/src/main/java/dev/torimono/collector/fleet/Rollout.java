// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import dev.torimono.collector.catalog.Bundle;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.fleet.RolloutPlan.Stage;
import dev.torimono.collector.state.Settings;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which bundle each agent is to enforce: something new goes from stage to stage while it
 * does well, stands still in a freeze or where an agent refuses it, and an earlier one can be put
 * in force for everybody. What it decided survives a restart.
 */
public final class Rollout {
    private static final String STATE = "rollout";
    private static final String PLAN = "rollout-plan";
    private static final System.Logger LOG = System.getLogger("torimono.fleet");

    private final Bundles bundles;
    private final Settings settings;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private RolloutPlan plan;
    private RolloutState state;
    private Bundle stable;
    private Bundle candidate;
    private Bundle pinned;
    private volatile Runnable listener = () -> {};

    /**
     * @param current what agents are to enforce by now
     */
    public Rollout(Bundles bundles, Settings settings, Bundle current, InstantSource clock) {
        this.bundles = bundles;
        this.settings = settings;
        this.clock = clock;
        this.plan = settings.get(PLAN).map(RolloutPlan::of).orElse(RolloutPlan.NONE);
        long number = bundles.add(current);
        this.state =
                settings.get(STATE)
                        .map(RolloutState::of)
                        .orElseGet(() -> new RolloutState(number, 0, -1, 0, "", 0));
        this.stable = bundle(state.stable(), current);
        this.candidate = bundle(state.candidate(), current);
        this.pinned = bundle(state.pinned(), current);
        if (number != state.stable() && number != state.candidate()) {
            announce(current);
        }
    }

    private Bundle bundle(long number, Bundle fallback) {
        return number == 0 ? fallback : bundles.byNumber(number).orElse(fallback);
    }

    /** Called when some agents are to enforce something else. */
    void onChange(Runnable told) {
        listener = told;
    }

    /** There is something new. */
    void announce(Bundle bundle) {
        change(
                () -> {
                    long number = bundles.add(bundle);
                    if (number == state.stable()) {
                        set(new RolloutState(number, 0, -1, 0, "", state.pinned()));
                        return;
                    }
                    candidate = bundle;
                    set(state.begins(number));
                    move(false);
                });
    }

    /** What an agent is to enforce. */
    Bundle target(JsonNode agentTags) {
        lock.lock();
        try {
            if (state.pinned() > 0) {
                return pinned;
            }
            return state.candidate() > 0 && reached(agentTags) ? candidate : stable;
        } finally {
            lock.unlock();
        }
    }

    private boolean reached(JsonNode agentTags) {
        List<Stage> stages = plan.stages();
        int last = Math.min(state.stage(), stages.size() - 1);
        for (int stage = 0; stage <= last; stage++) {
            if (stages.get(stage).matches(agentTags)) {
                return true;
            }
        }
        return false;
    }

    /**
     * An agent that had the candidate could not use it: nobody else gets it.
     *
     * @param version what it refuses
     */
    void refused(String hostname, String version, String why) {
        change(
                () -> {
                    boolean onItsWay = state.candidate() > 0 && candidate.version().equals(version);
                    if (onItsWay && state.halted().isEmpty() && state.pinned() == 0) {
                        String reason = hostname + " refuses it: " + why;
                        LOG.log(System.Logger.Level.WARNING, "roll-out halted: " + reason);
                        set(state.haltedBy(reason.substring(0, Math.min(reason.length(), 500))));
                    }
                });
    }

    /**
     * Goes on where it is time to.
     *
     * @param allHave whether every agent of the stages so far that is heard enforces a version
     */
    void tick(java.util.function.Predicate<String> allHave) {
        change(
                () -> {
                    if (state.candidate() == 0 || !state.halted().isEmpty()) {
                        return;
                    }
                    if (state.stage() < 0) {
                        move(false);
                        return;
                    }
                    long minutes = plan.stages().isEmpty() ? 0 : minutesOf(state.stage());
                    long sinceMs = clock.millis() - state.stageSinceMs();
                    boolean due = minutes >= 0 && sinceMs >= TimeUnit.MINUTES.toMillis(minutes);
                    if (due && allHave.test(candidate.version())) {
                        move(false);
                    }
                });
    }

    private long minutesOf(int stage) {
        List<Stage> stages = plan.stages();
        return stage < stages.size() ? stages.get(stage).minutes() : 0;
    }

    /** To the next stage, or to everybody after the last. */
    private void move(boolean despiteFreeze) {
        if (!despiteFreeze && plan.frozen(clock.instant())) {
            return;
        }
        int next = state.stage() + 1;
        if (next < plan.stages().size()) {
            set(state.at(next, clock.millis()));
            LOG.log(
                    System.Logger.Level.INFO,
                    "roll-out: bundle " + candidate.version() + " reaches stage " + (next + 1));
        } else {
            stable = candidate;
            set(state.done());
            LOG.log(
                    System.Logger.Level.INFO,
                    "roll-out: bundle " + stable.version() + " is for everybody");
            bundles.trim(state.oldest());
        }
    }

    /** Someone says that it is to go on; false when there is nothing on its way, or a freeze. */
    public boolean advance(boolean despiteFreeze) {
        return change(
                () -> {
                    boolean can =
                            state.candidate() > 0
                                    && (despiteFreeze || !plan.frozen(clock.instant()));
                    if (can) {
                        move(true);
                    }
                    return can;
                });
    }

    /** Someone says that it is to go no further; false when nothing is on its way. */
    public boolean halt(String reason) {
        return change(
                () -> {
                    if (state.candidate() == 0) {
                        return false;
                    }
                    set(state.haltedBy(reason));
                    return true;
                });
    }

    /** Puts an earlier one in force for everybody, at once; false when there is none. */
    public boolean pin(long number) {
        return change(
                () -> {
                    Optional<Bundle> earlier = bundles.byNumber(number);
                    earlier.ifPresent(
                            bundle -> {
                                pinned = bundle;
                                set(state.withPinned(number));
                            });
                    return earlier.isPresent();
                });
    }

    /** Goes on from where it was before. */
    public void unpin() {
        change(() -> set(state.withPinned(0)));
    }

    public void plan(RolloutPlan next) {
        change(
                () -> {
                    plan = next;
                    settings.put(PLAN, next.json());
                    if (state.candidate() > 0) {
                        // Stages are others now: it begins with the first of them.
                        set(state.begins(state.candidate()));
                        move(false);
                    }
                });
    }

    public RolloutPlan plan() {
        lock.lock();
        try {
            return plan;
        } finally {
            lock.unlock();
        }
    }

    /** For people: how far it is. */
    public ObjectNode json() {
        lock.lock();
        try {
            ObjectNode json = Json.object();
            json.set("plan", plan.json());
            json.setAll(state.json());
            json.put("frozen", plan.frozen(clock.instant()));
            json.put("stableVersion", stable.version());
            json.put("candidateVersion", state.candidate() > 0 ? candidate.version() : "");
            json.put("pinnedVersion", state.pinned() > 0 ? pinned.version() : "");
            return json;
        } finally {
            lock.unlock();
        }
    }

    private void set(RolloutState next) {
        state = next;
        settings.put(STATE, next.json());
    }

    private void change(Runnable change) {
        boolean _ =
                change(
                        () -> {
                            change.run();
                            return true;
                        });
    }

    private <T> T change(java.util.function.Supplier<T> change) {
        T result;
        boolean changed;
        lock.lock();
        try {
            RolloutState before = state;
            result = change.get();
            changed = !before.equals(state);
        } finally {
            lock.unlock();
        }
        if (changed) {
            listener.run();
        }
        return result;
    }
}
