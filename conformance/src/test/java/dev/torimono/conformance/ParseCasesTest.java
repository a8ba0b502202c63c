// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ParseCasesTest {
    @Test
    void everyConditionParsesAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-condition.json", "parse")).isEmpty();
    }
}
