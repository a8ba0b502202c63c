// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import dev.torimono.response.testing.Containers;
import dev.torimono.response.testing.Observations;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class PolicyCostTest {
    private static final int ROUNDS = 50_000;

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    @Test
    void findingThatNoPolicyCoversAllocatesNothing() {
        StringBuilder yaml = new StringBuilder("policies:\n");
        for (int i = 0; i < 50; i++) {
            yaml.append("  - {name: P")
                    .append(i)
                    .append(", scope: container.name = c")
                    .append(i)
                    .append(" and container.image.repo startswith docker.io/, rules: ['*']}\n");
        }
        PolicySet set = new PolicyFixture().load(yaml.toString());
        Finding finding = Observations.finding("Terminal shell in container", "shell");
        Observation inContainer = Observations.exec("sh", Containers.named("other"), 0);
        Observation onHost = Observations.exec("sh", null, 0);

        decide(set, finding, inContainer, onHost);
        long before = allocated();
        decide(set, finding, inContainer, onHost);

        assertThat(allocated() - before).isLessThan(ROUNDS / 10);
    }

    private static void decide(
            PolicySet set, Finding finding, Observation inContainer, Observation onHost) {
        for (int i = 0; i < ROUNDS; i++) {
            if (!set.decide(finding, inContainer).verdicts().isEmpty()
                    || !set.decide(finding, onHost).verdicts().isEmpty()) {
                throw new AssertionError("a policy covers it");
            }
        }
    }
}
