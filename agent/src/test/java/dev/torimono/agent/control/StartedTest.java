// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.ProcessFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whether a process is the one that somebody saw, by when it began. */
final class StartedTest {
    private static final long TICK_NS = 10_000_000;

    private static ProcessFacts startedAt(long startNs) {
        return new ProcessFacts(4711, 1, 4711, startNs, 'S', false, "sh");
    }

    @Test
    void whoDoesNotSayWhenMeansWhicheverHasTheIdNow() throws IOException {
        assertThat(Started.isMeant(startedAt(77), 0)).isTrue();
        assertThat(Started.isMeant(startedAt(77), -1)).isTrue();
    }

    @Test
    void sinceBootItIsTheSameWithinATick() throws IOException {
        ProcessFacts process = startedAt(5_000 * TICK_NS);
        assertThat(Started.isMeant(process, 5_000 * TICK_NS)).isTrue();
        assertThat(Started.isMeant(process, 5_001 * TICK_NS)).isTrue();
        assertThat(Started.isMeant(process, 4_999 * TICK_NS)).isTrue();
        assertThat(Started.isMeant(process, 5_001 * TICK_NS + 1)).isFalse();
        assertThat(Started.isMeant(process, 4_999 * TICK_NS - 1)).isFalse();
        assertThat(Started.isMeant(process, 1)).isFalse();
    }

    @Test
    void sinceTheEpochItIsTheSameWithinTheErrorOfAClock() throws IOException {
        ProcessHandle self = ProcessHandle.current();
        ProcessFacts facts = new ProcFiles(Path.of("/proc")).process(self.pid()).orElseThrow();
        Instant began = self.info().startInstant().orElseThrow();
        long epochNs = TimeUnit.SECONDS.toNanos(began.getEpochSecond()) + began.getNano();
        assertThat(Started.isMeant(facts, epochNs)).isTrue();
        assertThat(Started.isMeant(facts, epochNs + TimeUnit.SECONDS.toNanos(5))).isFalse();
        assertThat(Started.isMeant(facts, epochNs - TimeUnit.HOURS.toNanos(1))).isFalse();
    }
}
