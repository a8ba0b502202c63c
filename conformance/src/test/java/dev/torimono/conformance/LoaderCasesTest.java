// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoaderCasesTest {
    @Test
    void everyLoadEndsAsUpstream() throws Exception {
        assertThat(CaseFiles.failures("cases-loader.json", "cases")).isEmpty();
    }
}
