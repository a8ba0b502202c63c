// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.resolve;

/**
 * An item after all that was said of it so far.
 *
 * @param item what it is now
 * @param index when it was first defined: its place in the order of evaluation
 * @param visibility when it was last defined or appended to: it sees what was there by then
 * @param changes how often it was changed
 */
public record Collected<T>(T item, int index, int visibility, int changes) {
    /** Every change copies what was there; files from anywhere may not make that quadratic. */
    static final int MAX_CHANGES = 2_000;

    /** The item changed, seeing what is there at a later moment. */
    Collected<T> changed(T changed, int seen) {
        return new Collected<>(changed, index, seen, changes + 1);
    }

    boolean isWornOut() {
        return changes >= MAX_CHANGES;
    }
}
