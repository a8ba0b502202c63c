// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

import dev.torimono.model.Observation;
import dev.torimono.rules.MatchStrategy;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * All rules compiled together, so that what they share is evaluated once per event. Holds scratch
 * state: one plan per pipeline thread.
 */
public final class Plan {
    private final List<PlannedRule> rules;

    private Plan(List<PlannedRule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** Plans rules in matching order; a rule's position is its index in {@link #match}. */
    public static Plan of(List<PlannedRule> rules) {
        return new Plan(rules);
    }

    /** Hands over the index of every rule that matches, in order. */
    public void match(Observation observation, MatchStrategy strategy, IntConsumer matched) {
        if (rules.isEmpty()) {
            return;
        }
    }

    /** Codes of all event types that some rule wants. */
    public BitSet eventTypes() {
        BitSet all = new BitSet();
        rules.forEach(rule -> all.or(rule.condition().eventTypes()));
        return all;
    }
}
