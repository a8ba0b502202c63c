// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CaptureCasesTest {
    /** Falco finds no address in a list of both families; docs/differences.md says more. */
    private static final String BOTH_FAMILIES = "fd.ip in (127.0.0.1, ::1)";

    @Test
    void conditionsHoldForTheSameEventsAsUpstream() throws Exception {
        assertThat(
                        CaseFiles.failures(
                                "cases-eval.json",
                                "capture_condition",
                                CaptureCasesTest::comparable))
                .isEmpty();
    }

    @Test
    void alertsReadAsUpstreams() throws Exception {
        assertThat(CaseFiles.failures("cases-eval.json", "alert")).isEmpty();
    }

    private static boolean comparable(JsonNode testCase) {
        return !testCase.get("condition").stringValue().equals(BOTH_FAMILIES);
    }
}
