// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

/**
 * What came of one rule's action.
 *
 * @param rule the rule's name
 * @param outcome in a word
 * @param latencyNs from the event to the alert; 0 unless seen
 * @param note the reason, where there is one
 */
public record Result(String rule, Outcome outcome, long latencyNs, String note) {
    /** Whether the alert came. */
    public enum Outcome {
        /** It came. */
        SEEN,
        /** The deed was done and it did not come. */
        MISSED,
        /** The deed could not be done. */
        FAILED,
        /** Nothing fires the rule, and that is known. */
        CANNOT,
        /** Nobody has thought of an action. */
        UNKNOWN
    }

    /** Whether the alert had to come. */
    public boolean expected() {
        return switch (outcome) {
            case SEEN, MISSED, FAILED -> true;
            case CANNOT, UNKNOWN -> false;
        };
    }

    public boolean seen() {
        return outcome == Outcome.SEEN;
    }
}
