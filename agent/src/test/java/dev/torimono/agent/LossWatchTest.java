// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Alert;
import dev.torimono.model.EventType;
import dev.torimono.model.Priority;
import dev.torimono.sensor.Loss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LossWatchTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private final Map<String, Long> lost = new TreeMap<>();
    private final List<Loss> culprits = new ArrayList<>();
    private final FakeObserver observer = new FakeObserver();
    private final LossWatch watch =
            new LossWatch(
                    new Losses() {
                        @Override
                        public long total() {
                            return lost.values().stream().mapToLong(Long::longValue).sum();
                        }

                        @Override
                        public Map<String, Long> byType() {
                            return Map.copyOf(lost);
                        }

                        @Override
                        public List<Loss> byCulprit() {
                            return List.copyOf(culprits);
                        }
                    },
                    () -> Instant.EPOCH,
                    "box",
                    observer::task,
                    observer::containerOf,
                    observer::lineage);

    private boolean tells(long second) {
        return watch.look(second * SECOND_NS).isPresent();
    }

    @Test
    void nothingLostIsNothingTold() {
        assertThat(tells(0)).isFalse();
    }

    @Test
    void tellsAtOnceAndThenAtMostEveryHalfMinute() {
        lost.put("openat", 1L);
        assertThat(tells(0)).isTrue();
        lost.put("openat", 2L);
        assertThat(tells(2)).isFalse();
        assertThat(tells(29)).isFalse();
        assertThat(tells(30)).isTrue();
        assertThat(tells(90)).isFalse();
    }

    @Test
    void eachTellingCountsFromTheLast() {
        lost.putAll(Map.of("openat", 4L, "connect", 1L));
        watch.look(0);
        lost.put("openat", 10L);
        assertThat(watch.look(40 * SECOND_NS).orElseThrow().finding().outputFields())
                .containsEntry("events.lost", 6L)
                .containsEntry("events.lost.total", 11L)
                .containsEntry("events.lost.openat", 6L)
                .doesNotContainKey("events.lost.connect");
    }

    @Test
    void floodingContainerIsAccused() {
        EventType open = EventType.symbol("SYSCALL_OPENAT_2_X");
        lost.put("openat", 30L);
        culprits.add(new Loss(open, 7, 5, 10));
        culprits.add(new Loss(open, 8, FakeObserver.CONTAINED, 20));
        Alert alert = watch.look(0).orElseThrow();
        assertThat(alert.finding().priority()).isEqualTo(Priority.CRITICAL);
        assertThat(alert.finding().outputFields())
                .containsEntry("container.id", "0123456789ab")
                .containsEntry("proc.pid", FakeObserver.CONTAINED)
                .containsEntry("events.lost.by_worst.openat", 20L);
        assertThat(alert.finding().message()).contains("0123456789ab by", "host by");
        assertThat(alert.lineage()).isNotEmpty();
    }

    /** Of a fork bomb nobody is alive any more whose end was lost. */
    @Test
    void containerIsAccusedByItsCgroupWhenTheProcessIsGone() {
        lost.put("procexit", 10L);
        culprits.add(
                new Loss(
                        EventType.symbol("PROCEXIT_1_E"),
                        FakeObserver.CGROUP,
                        FakeObserver.GONE,
                        10));
        Alert alert = watch.look(0).orElseThrow();
        assertThat(alert.finding().priority()).isEqualTo(Priority.CRITICAL);
        assertThat(alert.finding().outputFields()).containsEntry("container.id", "0123456789ab");
        assertThat(alert.finding().message()).contains("0123456789ab by pid 43: 10");
    }

    @Test
    void whoIsStillKnownStandsForThoseThatAreGone() {
        lost.put("procexit", 30L);
        EventType exit = EventType.symbol("PROCEXIT_1_E");
        EventType clone = EventType.symbol("SYSCALL_CLONE_20_X");
        culprits.add(new Loss(exit, FakeObserver.CGROUP, FakeObserver.GONE, 20));
        culprits.add(new Loss(clone, FakeObserver.CGROUP, FakeObserver.CONTAINED, 10));
        Alert alert = watch.look(0).orElseThrow();
        assertThat(alert.finding().outputFields())
                .containsEntry("proc.pid", FakeObserver.CONTAINED)
                .containsEntry("events.lost.by_worst.clone", 10L)
                .containsEntry("events.lost.by_worst.procexit", 20L);
    }
}
