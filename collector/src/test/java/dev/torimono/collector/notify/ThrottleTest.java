// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private Instant now = Instant.parse("2026-11-26T10:00:00Z");
    private final Throttle throttle = new Throttle((InstantSource) () -> now);

    private void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    @Test
    void oneOfAKindIsTellingAndTheNextSaysHowManyThereWere() {
        assertThat(throttle.admit(1, "shell", 60_000, 0)).isZero();
        assertThat(throttle.admit(1, "drift", 60_000, 0)).isZero();
        assertThat(throttle.admit(2, "shell", 60_000, 0)).isZero();
        pass(30);
        assertThat(throttle.admit(1, "shell", 60_000, 0)).isEqualTo(-1);
        assertThat(throttle.admit(1, "shell", 60_000, 0)).isEqualTo(-1);
        pass(30);
        assertThat(throttle.admit(1, "shell", 60_000, 0)).isEqualTo(2);
        pass(60);
        assertThat(throttle.admit(1, "shell", 60_000, 0)).isZero();
    }

    @Test
    void aChannelIsToldNoMoreThanSoManyAnHourWhateverTheKind() {
        for (int kind = 0; kind < 3; kind++) {
            assertThat(throttle.admit(1, "kind " + kind, 0, 3)).isZero();
        }
        assertThat(throttle.admit(1, "kind 3", 0, 3)).isEqualTo(-1);
        assertThat(throttle.admit(2, "kind 3", 0, 3)).isZero();
        pass(3599);
        assertThat(throttle.admit(1, "kind 3", 0, 3)).isEqualTo(-1);
        pass(1);
        assertThat(throttle.admit(1, "kind 3", 0, 3)).isEqualTo(2);
    }

    @Test
    void withoutLimitsEveryOneIsTold() {
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.admit(1, "shell", 0, 0)).isZero();
        }
    }
}
