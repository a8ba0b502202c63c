// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class YoungTest {
    private final Young young = new Young();

    @Test
    void whoIsNotWaitedForAnyLongerIsToldOnce() {
        Young young = new Young();
        List<String> told = new ArrayList<>();
        young.onLate(container -> told.add(container.id()));
        young.waits(Sets.pending(), 0);
        assertThat(young.waits(Sets.pending(), Young.WAITS_NS - 1)).isTrue();
        assertThat(told).isEmpty();
        assertThat(young.waits(Sets.pending(), Young.WAITS_NS)).isFalse();
        assertThat(young.waits(Sets.pending(), Young.WAITS_NS + 1)).isFalse();

        assertThat(told).hasSize(1);
        assertThat(young.late()).isOne();
    }

    @Test
    void containerWaitsForABoundedTimeFromItsFirstExecOn() {
        assertThat(young.waits(Sets.pending(), 1)).isTrue();
        assertThat(young.waits(Sets.pending(), Young.WAITS_NS)).isTrue();
        assertThat(young.waits(Sets.pending(), Young.WAITS_NS + 1)).isFalse();
        assertThat(young.waits(Sets.pending(), Long.MAX_VALUE)).isFalse();
    }
}
