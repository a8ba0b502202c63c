// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

/**
 * One rule that takes part in matching.
 *
 * @param source its event source
 * @param condition its condition
 * @param ruleset number of its ruleset: with {@link dev.torimono.rules.MatchStrategy#FIRST} each
 *     ruleset yields its first match
 */
public record PlannedRule(String source, Condition condition, int ruleset) {}
