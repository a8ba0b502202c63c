// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Priority;
import dev.torimono.rules.syntax.Expr;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One loaded rule, after every append, override and exception.
 *
 * @param name its name, unique in a ruleset
 * @param description what it is for
 * @param priority how urgent its findings are
 * @param source the event source it reads
 * @param tags its tags, sorted
 * @param output its output as written
 * @param template what a finding prints: {@code output} and every extra output that applies
 * @param conditionText its condition as written, before lists, macros and exceptions
 * @param condition its condition with everything resolved; null for a dormant rule
 * @param exceptions names of its exceptions
 * @param enabled whether it takes part unless a selection says otherwise
 * @param warnEvttypes whether a condition that sees too many event types is warned of
 * @param skipIfUnknownFilter whether an unknown field drops it instead of failing
 * @param capture whether its findings ask for a capture
 * @param captureDurationMs how long a capture it asks for
 * @param position where it was first defined
 */
public record Rule(
        String name,
        String description,
        Priority priority,
        String source,
        List<String> tags,
        String output,
        String template,
        String conditionText,
        @Nullable Expr condition,
        List<String> exceptions,
        boolean enabled,
        boolean warnEvttypes,
        boolean skipIfUnknownFilter,
        boolean capture,
        long captureDurationMs,
        Position position) {
    public Rule {
        tags = List.copyOf(tags);
        exceptions = List.copyOf(exceptions);
    }

    /** Whether it waits for an event source that is not there; it never matches. */
    public boolean dormant() {
        return condition == null;
    }

    /** The resolved condition of a rule that is not dormant. */
    public Expr resolvedCondition() {
        return Objects.requireNonNull(condition, name);
    }
}
