// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Demand;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Every good rule of a load, in order of evaluation. Immutable, shared by threads. */
public final class Ruleset {
    private final List<Rule> rules;

    Ruleset(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    public List<Rule> rules() {
        return rules;
    }

    /** What all rules that are enabled by themselves need to see. */
    public Demand demand() {
        return matcher(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG).demand();
    }

    /**
     * An evaluator over some of the rules, for one thread.
     *
     * @param minimum rules less urgent than this take no part
     */
    public Matcher matcher(MatchStrategy strategy, Selection selection, Priority minimum) {
        if (!rules.isEmpty()) {
            throw new UnsupportedOperationException(strategy + " " + selection + " " + minimum);
        }
        return new Matcher() {
            @Override
            public int match(Observation observation, Consumer<Finding> sink) {
                return 0;
            }

            @Override
            public Demand demand() {
                return new Demand(new BitSet(), false);
            }

            @Override
            public List<Rule> rules() {
                return rules;
            }
        };
    }
}
