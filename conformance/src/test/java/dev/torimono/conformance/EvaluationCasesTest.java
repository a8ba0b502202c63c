// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvaluationCasesTest {
    @Test
    void conditionsAreCheckedAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-condition.json", "compile")).isEmpty();
    }

    @Test
    void eventTypesAreInferredAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-condition.json", "event_types")).isEmpty();
    }

    @Test
    void conditionsHoldAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-eval.json", "condition")).isEmpty();
    }

    @Test
    void fieldsReadAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-eval.json", "field")).isEmpty();
    }

    @Test
    void outputsPrintAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-eval.json", "format")).isEmpty();
    }
}
