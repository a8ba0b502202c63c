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

/**
 * All rules compiled together, so that what they share is evaluated once per event. Holds scratch
 * state: one plan per pipeline thread.
 */
public final class Plan {
    private static final String SYSCALL = "syscall";

    private final Context context = new Context();
    private final Program[] syscall;
    private final Map<String, Program[]> others = new HashMap<>();
    private final BitSet eventTypes = new BitSet();

    private Plan(List<PlannedRule> rules) {
        Planner planner = new Planner();
        Map<String, Node[][]> nodes = new HashMap<>();
        for (PlannedRule rule : rules) {
            nodes.computeIfAbsent(rule.source(), source -> nodes(rules, source, planner));
        }
        Node[][] none = new Node[EventType.count()][rules.size()];
        syscall = programs(rules, SYSCALL, nodes.getOrDefault(SYSCALL, none), planner);
        nodes.forEach(
                (source, perType) -> {
                    if (!source.equals(SYSCALL)) {
                        others.put(source, programs(rules, source, perType, planner));
                    }
                });
    }

    /** Plans rules in matching order; a rule's position is its index in {@link #match}. */
    public static Plan of(List<PlannedRule> rules) {
        return new Plan(rules);
    }

    /** What is left of each rule's condition for each event type. */
    private static Node[][] nodes(List<PlannedRule> rules, String source, Planner planner) {
        Node[][] nodes = new Node[EventType.count()][rules.size()];
        for (EventType type : EventType.all()) {
            Specializer specializer = new Specializer(type);
            for (int i = 0; i < rules.size(); i++) {
                PlannedRule rule = rules.get(i);
                if (rule.source().equals(source)) {
                    Node node = specializer.specialize(rule.condition().root());
                    nodes[type.code()][i] = node;
                    planner.count(node);
                }
            }
        }
        return nodes;
    }

    private Program[] programs(
            List<PlannedRule> rules, String source, Node[][] nodes, Planner planner) {
        Program[] programs = new Program[EventType.count()];
        for (EventType type : EventType.all()) {
            List<Integer> live = new ArrayList<>();
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).source().equals(source)
                        && !nodes[type.code()][i].equals(Node.FALSE)) {
                    live.add(i);
                }
            }
            if (live.isEmpty()) {
                programs[type.code()] = Program.EMPTY;
                continue;
            }
            eventTypes.set(type.code());
            programs[type.code()] =
                    new Program(
                            live.stream().mapToInt(Integer::intValue).toArray(),
                            live.stream().mapToInt(i -> rules.get(i).ruleset()).toArray(),
                            live.stream()
                                    .map(i -> planner.plan(nodes[type.code()][i]))
                                    .toArray(Eval[]::new));
        }
        return programs;
    }

    /** Hands over the index of every rule that matches, in order. */
    public void match(Observation observation, MatchStrategy strategy, IntConsumer matched) {
        Program program = program(observation);
        Eval[] conditions = program.conditions;
        if (conditions.length == 0) {
            return;
        }
        context.next(observation);
        boolean first = strategy == MatchStrategy.FIRST;
        for (int i = 0; i < conditions.length; i++) {
            if (conditions[i].test(context)) {
                matched.accept(program.rules[i]);
                if (first) {
                    i = endOfRuleset(program, i);
                }
            }
        }
    }

    /** With rulesets one after another, the last rule of that at a position. */
    private static int endOfRuleset(Program program, int at) {
        int[] rulesets = program.rulesets;
        int last = at;
        while (last + 1 < rulesets.length && rulesets[last + 1] == rulesets[at]) {
            last++;
        }
        return last;
    }

    private Program program(Observation observation) {
        int code = observation.event().type().code();
        String source = observation.source();
        if (source.equals(SYSCALL)) {
            return syscall[code];
        }
        Program[] programs = others.get(source);
        return programs == null ? Program.EMPTY : programs[code];
    }

    /** Codes of all event types that some rule can match. */
    public BitSet eventTypes() {
        return (BitSet) eventTypes.clone();
    }
}
