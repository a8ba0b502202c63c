// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartTimeTest {
    private static final long EXACT = 123_456_789_012_345L;
    private static final long COARSE = EXACT / StartTime.TICK_NS * StartTime.TICK_NS;

    @Test
    void procTellsTheSameInstantCutToTicks() {
        assertThat(StartTime.same(EXACT, COARSE)).isTrue();
        assertThat(StartTime.same(COARSE, EXACT)).isTrue();
        assertThat(StartTime.same(COARSE - 2 * StartTime.TICK_NS, EXACT)).isFalse();
    }

    @Test
    void exactTimesMustBeEqual() {
        assertThat(StartTime.same(EXACT, EXACT)).isTrue();
        assertThat(StartTime.same(EXACT, EXACT + 1)).isFalse();
    }

    @Test
    void unknownFitsEverything() {
        assertThat(StartTime.same(0, EXACT)).isTrue();
    }
}
