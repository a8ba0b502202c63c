// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.policy.Limits;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final RateLimits rates = new RateLimits(now::get);
    private final Limits limits = new Limits(6, 3, 2);

    private String kill(String workload) {
        return rates.takeKill("P", workload, limits);
    }

    @Test
    void workloadHasItsOwnShareOfThePolicys() {
        assertThat(kill("a")).isEmpty();
        assertThat(kill("a")).isEmpty();
        assertThat(kill("a")).isEmpty();
        assertThat(kill("a"))
                .isEqualTo("rate limit: the policy killed 3 in this workload in a minute");
        assertThat(kill("b")).isEmpty();
        assertThat(kill("b")).isEmpty();
        assertThat(kill("b")).isEmpty();
        assertThat(kill("c")).isEqualTo("rate limit: the policy killed 6 in a minute");
    }

    @Test
    void shareRefillsEvenly() {
        for (int i = 0; i < 3; i++) {
            assertThat(kill("a")).isEmpty();
        }
        now.addAndGet(19 * SECOND_NS);
        assertThat(kill("a")).isNotEmpty();
        now.addAndGet(2 * SECOND_NS);
        assertThat(kill("a")).isEmpty();
        assertThat(kill("a")).isNotEmpty();
    }

    @Test
    void policiesDoNotShareContainers() {
        assertThat(rates.takeContainer("P", limits)).isEmpty();
        assertThat(rates.takeContainer("P", limits)).isEmpty();
        assertThat(rates.takeContainer("P", limits))
                .isEqualTo("rate limit: the policy acted on 2 containers in an hour");
        assertThat(rates.takeContainer("Q", limits)).isEmpty();
    }
}
