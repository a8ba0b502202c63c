// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

/**
 * An item after all that was said of it so far.
 *
 * @param item what it is now
 * @param index when it was first defined: its place in the order of evaluation
 * @param visibility when it was last defined or appended to: it sees what was there by then
 */
public record Collected<T>(T item, int index, int visibility) {}
