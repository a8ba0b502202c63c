// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.plan;

/** How many rules of a ruleset an event may match. */
public enum MatchStrategy {
    /** The first in order. */
    FIRST,
    /** Every one, in order. */
    ALL
}
