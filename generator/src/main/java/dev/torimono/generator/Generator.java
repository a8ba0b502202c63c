// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Performs what fires each rule and looks whether the alert comes. */
public final class Generator {
    private static final long NS_PER_S = 1_000_000_000L;

    /** How late a deed in the background may come on a busy machine. */
    private static final long LATENESS_S = 10;

    private final Actions actions;
    private final Stage stage;
    private final Sightings sightings;
    private final long patienceMs;
    private final long clocksDifferNs;

    /**
     * @param patienceMs how long to wait for an alert after the deed
     * @param clocksDifferMs how far the clock of alerts may be from ours
     */
    public Generator(
            Actions actions,
            Stage stage,
            Sightings sightings,
            long patienceMs,
            long clocksDifferMs) {
        this.actions = actions;
        this.stage = stage;
        this.sightings = sightings;
        this.patienceMs = patienceMs;
        this.clocksDifferNs = clocksDifferMs * 1_000_000;
    }

    /** A deed that was done: only an alert of an event in its time is its alert. */
    private record Done(String rule, long fromNs, long untilNs, String wrong) {}

    /**
     * Performs every rule's action one after the other, then tells of each in the same order.
     *
     * @param told takes each result as soon as it is known
     */
    public List<Result> run(List<String> rules, Consumer<Result> told) {
        List<Done> done = new ArrayList<>();
        for (String rule : rules) {
            actions.of(rule)
                    .filter(action -> !action.steps().isEmpty())
                    .ifPresent(action -> done.add(perform(rule, action)));
        }
        List<Result> results = new ArrayList<>();
        for (String rule : rules) {
            Result result =
                    done.stream()
                            .filter(d -> d.rule().equals(rule))
                            .findFirst()
                            .map(this::await)
                            .orElseGet(() -> notDone(rule));
            results.add(result);
            told.accept(result);
        }
        return results;
    }

    /**
     * Whether what these rules' actions need is there.
     *
     * @throws GeneratorException when some need containers and no daemon answers
     */
    public void check(List<String> rules) {
        for (String rule : rules) {
            if (actions.of(rule).filter(Action::inContainer).isPresent()) {
                stage.checkContainers();
                return;
            }
        }
    }

    private Done perform(String rule, Action action) {
        long from = sightings.nowNs();
        try {
            action.steps().forEach(stage::prepare);
            from = sightings.nowNs();
            action.steps().forEach(stage::perform);
            long delay = action.delaySeconds();
            long until = sightings.nowNs() + (delay > 0 ? (delay + LATENESS_S) * NS_PER_S : 0);
            return new Done(rule, from, until, "");
        } catch (GeneratorException e) {
            return new Done(rule, from, from, String.valueOf(e.getMessage()));
        }
    }

    private Result await(Done done) {
        if (!done.wrong().isEmpty()) {
            return new Result(done.rule(), Result.Outcome.FAILED, 0, done.wrong());
        }
        long leftMs = (done.untilNs() - sightings.nowNs()) / 1_000_000 + patienceMs;
        Optional<Sighting> sighting = sightings.await(s -> belongs(s, done), Math.max(leftMs, 1));
        return sighting.map(
                        s ->
                                new Result(
                                        done.rule(),
                                        Result.Outcome.SEEN,
                                        Math.max(0, s.seenNs() - s.eventNs()),
                                        ""))
                .orElseGet(
                        () ->
                                new Result(
                                        done.rule(),
                                        Result.Outcome.MISSED,
                                        0,
                                        "no alert within " + patienceMs / 1000 + " s"));
    }

    private boolean belongs(Sighting s, Done done) {
        return s.rule().equals(done.rule())
                && s.eventNs() >= done.fromNs() - clocksDifferNs
                && s.eventNs() <= done.untilNs() + clocksDifferNs
                && stage.owns(s);
    }

    private Result notDone(String rule) {
        return actions.of(rule)
                .map(a -> new Result(rule, Result.Outcome.CANNOT, 0, a.cannot()))
                .orElseGet(
                        () ->
                                new Result(
                                        rule,
                                        Result.Outcome.UNKNOWN,
                                        0,
                                        "no action is known for this rule"));
    }

    /** Rules of a list that {@link Load} can repeat. */
    public List<String> repeatable(List<String> rules) {
        Set<String> quick = new HashSet<>();
        for (String rule : rules) {
            actions.of(rule).filter(Action::quick).ifPresent(_ -> quick.add(rule));
        }
        return rules.stream().filter(quick::contains).toList();
    }

    Action action(String rule) {
        return actions.of(rule).orElseThrow();
    }

    Stage stage() {
        return stage;
    }

    Sightings sightings() {
        return sightings;
    }

    long patienceMs() {
        return patienceMs;
    }
}
