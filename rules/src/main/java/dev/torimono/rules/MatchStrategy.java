// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules;

/** How many rules an event may fire. */
public enum MatchStrategy {
    /** Only the first rule that matches, in ruleset order. */
    FIRST,
    /** Every rule that matches, in ruleset order. */
    ALL
}
