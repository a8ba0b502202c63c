// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import dev.torimono.model.Demand;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.OpenMatch;
import dev.torimono.rules.Rule;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every event fires its one rule. */
class FakeMatcher implements Matcher {
    private final String rule;

    FakeMatcher(String rule) {
        this.rule = rule;
    }

    @Override
    public int match(Observation observation, Consumer<Finding> sink) {
        sink.accept(
                new Finding(
                        rule,
                        Priority.NOTICE,
                        "syscall",
                        List.of(),
                        observation.event().timestampNs(),
                        0,
                        "tid " + observation.event().tid(),
                        Map.of()));
        return 1;
    }

    @Override
    public @Nullable OpenMatch open(Observation observation) {
        return null;
    }

    /** Tells rulesets apart in subscriptions. */
    @Override
    public Demand demand() {
        BitSet types = new BitSet();
        types.set(rule.length());
        return new Demand(types, false);
    }

    @Override
    public List<Rule> rules() {
        return List.of();
    }
}
