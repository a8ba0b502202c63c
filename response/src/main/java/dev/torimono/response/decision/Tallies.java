// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The tally of every policy by name; one for the life of an agent, handed to each load. */
public final class Tallies {
    private final Map<String, PolicyTally> tallies = new ConcurrentHashMap<>();

    /** The tally of a policy, new when it has none. */
    public PolicyTally of(String policy) {
        return tallies.computeIfAbsent(policy, _ -> new PolicyTally());
    }

    /** All of them by name of policy. */
    public Map<String, PolicyTally> all() {
        return new TreeMap<>(tallies);
    }
}
