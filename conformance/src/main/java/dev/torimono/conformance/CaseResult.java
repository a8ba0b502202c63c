// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

/** How one case went. */
public sealed interface CaseResult {
    CaseResult PASSED = new Passed();

    /** As expected. */
    record Passed() implements CaseResult {}

    /**
     * Not as expected.
     *
     * @param expected what the case says
     * @param got what the engine does
     */
    record Failed(String expected, String got) implements CaseResult {}

    /**
     * Not run.
     *
     * @param reason why it says nothing about this engine
     */
    record NotApplicable(String reason) implements CaseResult {}

    static CaseResult failed(Object expected, Object got) {
        return new Failed(String.valueOf(expected), String.valueOf(got));
    }

    /** Passed when both are equal. */
    static CaseResult of(Object expected, Object got) {
        return expected.equals(got) ? PASSED : failed(expected, got);
    }
}
