// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.policy;

/**
 * How much a policy may do before its actions are refused, so that a wrong rule cannot take
 * everything down. Prevented execs are not limited: they end nothing that runs.
 *
 * @param killsPerMinute process kills of the whole policy
 * @param workloadKillsPerMinute process kills in one container, or on the host
 * @param containersPerHour container actions of the whole policy
 */
public record Limits(int killsPerMinute, int workloadKillsPerMinute, int containersPerHour) {
    /** High enough not to be run empty by an attacker, low enough to be noticed. */
    public static final Limits DEFAULT = new Limits(600, 300, 20);
}
