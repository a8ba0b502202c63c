// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Alert;
import dev.torimono.model.Alert.Standing;
import dev.torimono.model.Container;
import dev.torimono.model.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeldAlertsTest {
    private static final Container PENDING = Container.pending("ab".repeat(32), "docker");

    private final List<Alert> told = new ArrayList<>();
    private final Counters counters = new Counters();
    private final HeldAlerts held =
            new HeldAlerts(
                    alert -> {
                        told.add(alert);
                        return 0;
                    },
                    counters);
    private final Alert first = Alerts.saying("name=<NA>").in(PENDING);

    @Test
    void alertsThatNobodyExpectsPass() {
        held.offer(first);
        assertThat(told).containsExactly(first);
    }

    @Test
    void describedInTimeItIsToldOnceAndWhole() {
        held.expect(first.id(), 500);
        held.offer(first);
        held.tick(499);
        assertThat(told).isEmpty();
        held.complete(first.id(), named(), PENDING);
        held.tick(10_000);
        assertThat(messages()).containsExactly("name=web");
        assertThat(told.getFirst().standing()).isEqualTo(Standing.WHOLE);
        assertThat(told.getFirst().id()).isEqualTo(first.id());
    }

    @Test
    void describedLateItIsToldAsPendingAndOnceMoreUnderTheSameId() {
        held.expect(first.id(), 500);
        held.offer(first);
        held.tick(500);
        held.tick(501);
        assertThat(told).extracting(Alert::standing).containsExactly(Standing.PENDING);
        held.complete(first.id(), named(), PENDING);
        held.complete(first.id(), named(), PENDING);
        assertThat(messages()).containsExactly("name=<NA>", "name=web");
        assertThat(told.get(1).standing()).isEqualTo(Standing.COMPLETED);
        assertThat(told.get(1).id()).isEqualTo(told.get(0).id());
        assertThat(counters.get(Counter.ALERTS_PENDING)).isEqualTo(1);
        assertThat(counters.get(Counter.ALERTS_COMPLETED)).isEqualTo(1);
    }

    @Test
    void descriptionMayComeBeforeTheAlertIsMade() {
        held.expect(first.id(), 500);
        held.complete(first.id(), named(), PENDING);
        held.tick(1_000);
        assertThat(told).isEmpty();
        held.offer(first);
        assertThat(messages()).containsExactly("name=web");
    }

    private List<String> messages() {
        return told.stream().map(alert -> alert.finding().message()).toList();
    }

    private Finding named() {
        Finding of = first.finding();
        return new Finding(
                of.rule(),
                of.priority(),
                of.source(),
                of.tags(),
                of.timeNs(),
                of.eventNumber(),
                "name=web",
                Map.of());
    }
}
