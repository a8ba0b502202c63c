// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Alerts;
import dev.torimono.agent.Logs;
import dev.torimono.agent.Until;
import dev.torimono.agent.format.AlertShape;
import dev.torimono.agent.format.TextFormat;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutputsTest {
    private final Logs logs = new Logs();
    private final FakeOutput one = new FakeOutput();
    private final FakeOutput two = new FakeOutput();
    private final List<String> ends = new ArrayList<>();

    private Outputs outputs(int capacity, long drainMs) {
        return new Outputs(
                List.of(one, two),
                new TextFormat(AlertShape.DEFAULT, ZoneOffset.UTC),
                capacity,
                drainMs,
                logs.log(),
                ends::add);
    }

    @Test
    void everyOutputGetsEveryAlertInOrder() {
        try (Outputs outputs = outputs(10, 5000)) {
            outputs.offer(Alerts.saying("first"));
            outputs.offer(Alerts.saying("second"));
        }
        assertThat(one.lines).hasSize(2).isEqualTo(two.lines);
        assertThat(one.lines.get(1)).endsWith("second");
    }

    @Test
    void slowOutputLosesItsOwnAlertsOnly() {
        one.gate = new CountDownLatch(1);
        try (Outputs outputs = outputs(4, 200)) {
            int dropped = 0;
            for (int i = 0; i < 20; i++) {
                dropped += outputs.offer(Alerts.saying("n" + i));
                int sent = i + 1;
                Until.so(() -> two.lines.size() == sent);
            }
            // One is held by the hanging write, four wait.
            assertThat(dropped).isEqualTo(15);
            assertThat(outputs.health().get(0).dropped()).isEqualTo(15);
            assertThat(outputs.health().get(1).dropped()).isZero();
        }
        assertThat(logs.text()).containsOnlyOnce("its queue is full");
    }

    @Test
    void closingIsBoundedAndCountsWhatIsLeft() {
        one.gate = new CountDownLatch(1);
        Outputs outputs = outputs(4, 100);
        for (int i = 0; i < 3; i++) {
            outputs.offer(Alerts.saying("n"));
        }
        Until.so(() -> outputs.health().get(0).queued() == 2);
        long startNs = System.nanoTime();
        outputs.close();
        assertThat(System.nanoTime() - startNs).isLessThan(2_000_000_000L);
        assertThat(outputs.health().get(0).dropped()).isEqualTo(2);
        assertThat(logs.text()).contains("2 alerts not delivered at the end");
    }

    @Test
    void failureAndRecoveryAreEachLoggedOnce() {
        one.failure = new IOException("no room");
        try (Outputs outputs = outputs(10, 5000)) {
            outputs.offer(Alerts.saying("a"));
            outputs.offer(Alerts.saying("b"));
            Until.so(() -> outputs.health().get(0).failed() == 2);
            assertThat(outputs.health().get(0).failing()).isTrue();
            assertThat(outputs.health().get(0).reason()).isEqualTo("no room");
            one.failure = null;
            outputs.offer(Alerts.saying("c"));
            Until.so(() -> outputs.health().get(0).written() == 1);
            assertThat(outputs.health().get(0).failing()).isFalse();
        }
        assertThat(logs.text())
                .containsOnlyOnce("fake: alert not delivered: no room")
                .containsOnlyOnce("delivers again");
    }

    @Test
    void readerThatIsGoneEndsTheAgent() {
        one.failure = new ReaderGoneException("stdout: closed", new IOException("Broken pipe"));
        try (Outputs outputs = outputs(10, 1000)) {
            outputs.offer(Alerts.saying("a"));
            Until.so(() -> !ends.isEmpty());
        }
        assertThat(ends).containsExactly("stdout: closed");
    }

    @Test
    void reopenReachesIdleOutputs() {
        try (Outputs outputs = outputs(10, 1000)) {
            outputs.reopen();
            Until.so(() -> one.reopened.get() == 1 && two.reopened.get() == 1);
        }
    }
}
