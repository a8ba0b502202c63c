// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class YoungTest {
    private final Young young = new Young();

    @Test
    void containerWaitsForABoundedTimeFromItsFirstExecOn() {
        assertThat(young.waits(Sets.pending(), 1)).isTrue();
        assertThat(young.waits(Sets.pending(), Young.WAITS_NS)).isTrue();
        assertThat(young.waits(Sets.pending(), Young.WAITS_NS + 1)).isFalse();
        assertThat(young.waits(Sets.pending(), Long.MAX_VALUE)).isFalse();
    }
}
