// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaptureCasesTest {
    @Test
    void conditionsHoldForTheSameEventsAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-eval.json", "capture_condition")).isEmpty();
    }

    @Test
    void alertsReadAsUpstreams() throws Exception {
        assertThat(CaseFiles.failures("cases-eval.json", "alert")).isEmpty();
    }
}
