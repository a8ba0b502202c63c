// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import dev.torimono.response.action.Action;
import dev.torimono.response.policy.Limits;

/**
 * An action that follows from a decision.
 *
 * @param action what to do
 * @param policy the policy that asks for it
 * @param limits how much that policy may do
 * @param monitored whether it is only counted
 */
public record PlannedAction(Action action, String policy, Limits limits, boolean monitored) {}
