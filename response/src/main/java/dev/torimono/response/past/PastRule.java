// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.past;

import dev.torimono.response.scope.Coverage;
import dev.torimono.rules.Rule;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A rule held against what alerts recorded: what can be told of it, and what is missing. */
public final class PastRule {
    private final Rule rule;
    private final Set<String> missing = new TreeSet<>();

    public PastRule(Rule rule) {
        this.rule = rule;
    }

    /** Whether its condition holds for what was recorded of an event. */
    public Coverage matches(Map<String, @Nullable Object> fields) {
        if (rule.dormant()) {
            return Coverage.NO;
        }
        PastCondition condition = new PastCondition(fields);
        Coverage holds = condition.eval(rule.resolvedCondition());
        if (holds == Coverage.UNKNOWN) {
            missing.addAll(condition.missing());
        }
        return holds;
    }

    /** Fields that no alert had, for want of which something could not be told. */
    public Set<String> missing() {
        return Set.copyOf(missing);
    }
}
