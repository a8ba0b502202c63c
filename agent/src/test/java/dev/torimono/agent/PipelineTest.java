// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Alert;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Finding;
import dev.torimono.model.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final FakeSource source = new FakeSource();
    private final FakeObserver observer = new FakeObserver();
    private final Counters counters = new Counters();
    private final Logs logs = new Logs();
    private final List<Alert> alerts = new ArrayList<>();
    private final Map<String, Long> lost = new TreeMap<>();

    private Pipeline pipeline(boolean lineage) {
        Losses losses =
                new Losses() {
                    @Override
                    public long total() {
                        return lost.values().stream().mapToLong(Long::longValue).sum();
                    }

                    @Override
                    public Map<String, Long> byType() {
                        return new TreeMap<>(lost);
                    }
                };
        return new Pipeline(
                source,
                observer,
                new FakeMatcher("one"),
                alert -> {
                    alerts.add(alert);
                    return 0;
                },
                new Pipeline.Settings("box", lineage),
                counters,
                losses,
                logs.log());
    }

    private List<String> told() {
        return alerts.stream()
                .map(alert -> alert.finding().rule() + ": " + alert.finding().message())
                .toList();
    }

    @Test
    void everyFindingBecomesAnAlertWithItsLineage() {
        source.then(1, 2);
        pipeline(true).run(() -> false);
        assertThat(told()).containsExactly("one: tid 1", "one: tid 2");
        assertThat(alerts.getFirst().hostname()).isEqualTo("box");
        assertThat(alerts.getFirst().lineage()).extracting(Ancestor::pid).containsExactly(1L);
        assertThat(counters.get(Counter.EVENTS)).isEqualTo(2);
        assertThat(counters.get(Counter.FINDINGS)).isEqualTo(2);
        assertThat(counters.get(Counter.ALERTS)).isEqualTo(2);
    }

    @Test
    void lineageIsLeftOutWhenNotWanted() {
        source.then(1);
        pipeline(false).run(() -> false);
        assertThat(alerts.getFirst().lineage()).isEmpty();
    }

    /** One rule knows the file by either name, one by the other only. */
    @Test
    void fileOfTwoNamesIsJudgedByBothAndNoRuleTellsItTwice() {
        observer.twoNames = true;
        Pipeline pipeline = pipeline(true);
        pipeline.use(
                new FakeMatcher("one") {
                    @Override
                    public int match(Observation observation, Consumer<Finding> sink) {
                        return super.match(observation, sink)
                                + (observer.renamed
                                        ? new FakeMatcher("other").match(observation, sink)
                                        : 0);
                    }
                });
        source.then(1).then(2);
        pipeline.run(() -> false);
        assertThat(told())
                .containsExactly("one: tid 1", "other: tid 1", "one: tid 2", "other: tid 2");
    }

    @Test
    void eventsThatServeTheStateOnlyAreNotJudged() {
        source.then(FakeObserver.STATE_ONLY, 2);
        pipeline(true).run(() -> false);
        assertThat(told()).containsExactly("one: tid 2");
    }

    @Test
    void oneFaultyEventDoesNotEndThePipeline() {
        source.then(FakeObserver.UNLUCKY, FakeObserver.UNLUCKY, 2);
        pipeline(true).run(() -> false);
        assertThat(told()).containsExactly("one: tid 2");
        assertThat(counters.get(Counter.EVENTS_FAILED)).isEqualTo(2);
        assertThat(logs.text()).containsOnlyOnce("not judged: internal error").contains("unlucky");
    }

    @Test
    void otherRulesComeIntoForceBetweenBatches() {
        Pipeline pipeline = pipeline(true);
        source.then(() -> pipeline.use(new FakeMatcher("other")), 1, 2).then(3);
        pipeline.run(() -> false);
        assertThat(told()).containsExactly("one: tid 1", "one: tid 2", "other: tid 3");
        assertThat(source.subscriptions)
                .hasSize(2)
                .first()
                .satisfies(demand -> assertThat(demand.eventTypes().get(3)).isTrue());
        assertThat(source.subscriptions.get(1).eventTypes().get(5)).isTrue();
    }

    @Test
    void whatHappenedBeforeTheStopIsStillTold() {
        source.then(1).then(2).then(3);
        pipeline(true).run(() -> !alerts.isEmpty());
        assertThat(told()).containsExactly("one: tid 1", "one: tid 2");
    }

    @Test
    void hostIsTickedBetweenBatches() {
        source.then(1).then(2);
        pipeline(true).run(() -> false);
        assertThat(observer.ticks).isEqualTo(2);
    }

    @Test
    void lossesAreLoggedAndTold() {
        source.then(() -> lost.putAll(Map.of("openat", 5L, "execve", 2L)), 1);
        pipeline(true).run(() -> false);
        assertThat(told().get(1))
                .isEqualTo(
                        "Torimono internal: events lost: Torimono internal: events lost |"
                                + " lost=7 total=7 types=execve=2,openat=5");
        assertThat(alerts.get(1).finding().source()).isEqualTo("internal");
        assertThat(alerts.get(1).finding().outputFields())
                .containsEntry("events.lost", 7L)
                .containsEntry("events.lost.openat", 5L);
        assertThat(logs.text()).contains("warn Torimono internal: events lost");
    }
}
