// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

import dev.torimono.model.Demand;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Evaluates the selected rules of a ruleset; used by one thread. */
public interface Matcher {
    /**
     * Hands over a finding for each rule that fires, in ruleset order.
     *
     * @return how many fired
     */
    int match(Observation observation, Consumer<Finding> sink);

    /**
     * As {@link #match}, for an event of a container that is not described yet: what depends on the
     * description is left open. Null when no rule can fire.
     */
    @Nullable OpenMatch open(Observation observation);

    /** What these rules need to see. */
    Demand demand();

    /** The rules that take part, in the order they are tried. */
    java.util.List<Rule> rules();
}
