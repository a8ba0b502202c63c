// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.EventType;
import dev.torimono.model.Observation;
import dev.torimono.rules.MatchStrategy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All rules compiled together, so that what they share is evaluated once per event. Holds scratch
 * state: one plan per pipeline thread.
 */
public final class Plan {
    private static final String SYSCALL = "syscall";

    private final Context context = new Context();
    private final Map<String, Programs> bySource = new HashMap<>();
    private final @Nullable Programs syscall;
    private final Slots slots = new Slots();
    private final Dictionaries dictionaries = new Dictionaries(slots);

    private Plan(List<PlannedRule> rules) {
        Map<String, List<Programs.Numbered>> numbered = new HashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            PlannedRule rule = rules.get(i);
            dictionaries.collect(rule.condition().root());
            numbered.computeIfAbsent(rule.source(), source -> new ArrayList<>())
                    .add(new Programs.Numbered(i, rule));
        }
        numbered.forEach(
                (source, of) -> bySource.put(source, new Programs(of, slots, dictionaries)));
        syscall = bySource.get(SYSCALL);
    }

    /**
     * Plans rules in matching order; a rule's position is its index in {@link #match}. Rules of one
     * ruleset stand together.
     */
    public static Plan of(List<PlannedRule> rules) {
        return new Plan(rules);
    }

    /** Hands over the index of every rule that matches, in order. */
    public void match(Observation observation, MatchStrategy strategy, IntConsumer matched) {
        Programs programs = programs(observation.source());
        if (programs == null) {
            return;
        }
        Program program = programs.of(observation.event().type());
        if (!program.isEmpty()) {
            context.next(observation);
            program.run(context, strategy == MatchStrategy.FIRST, matched);
        }
    }

    /**
     * A rule that fires, or may, for an event of a container that is not described yet.
     *
     * @param index its position
     * @param source its event source
     * @param left what decides once the container is described; opaque outside this package
     */
    public record OpenRule(int index, String source, Left left) {
        /** Whether it fires whatever the container is. */
        public boolean certain() {
            return left.node.equals(Node.TRUE);
        }
    }

    /** What of a condition is left to decide. */
    public static final class Left {
        private final Node node;

        Left(Node node) {
            this.node = node;
        }
    }

    /**
     * Judges an event of a container that is not described yet by everything else: the rules that
     * fire or may fire, in order.
     */
    public List<OpenRule> open(Observation observation) {
        Programs programs = programs(observation.source());
        if (programs == null) {
            return List.of();
        }
        context.next(observation);
        return programs.open(observation.event().type()).run(context, observation.source());
    }

    /** Whether an open rule fires, now that the observation's container is described. */
    public boolean holds(OpenRule rule, Observation described) {
        Programs programs = programs(rule.source());
        context.next(described);
        return programs != null && programs.holds(rule.left().node, context);
    }

    /**
     * A condition part by part. Its parts hold, or not, for the event that was handed to this plan
     * last: during {@link #match}, the one that matched.
     */
    public Proof proof(Condition condition) {
        return Proof.of(
                condition.expr(), condition.root(), new Planner(slots, dictionaries), context);
    }

    /** Turns to an event that is not being matched, to ask a {@link #proof} of it. */
    public void turn(Observation observation) {
        context.next(observation);
    }

    private @Nullable Programs programs(String source) {
        return source.equals(SYSCALL) ? syscall : bySource.get(source);
    }

    /** Makes the programs of those types now rather than when they first occur. */
    public void prepare(Iterable<EventType> types) {
        for (Programs programs : bySource.values()) {
            types.forEach(programs::of);
        }
    }

    /** Codes of all event types that some rule can match. */
    public BitSet eventTypes() {
        BitSet codes = new BitSet();
        TypeSets types = new TypeSets();
        bySource.values().forEach(programs -> programs.addTypes(codes, types));
        return codes;
    }
}
