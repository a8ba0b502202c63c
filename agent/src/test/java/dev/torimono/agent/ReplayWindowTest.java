// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.torimono.model.Accounts;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayWindowTest {
    private static final long FIRST_NS = 1_795_340_613_000_000_000L;

    private final Observation observation = new Observation(Accounts.NONE, FdTable.NONE);

    @Test
    void wholeCaptureIsShownByDefault() {
        WindowedObserver observer = over(ReplayWindow.ALL);
        assertThat(observer.observe(at(0))).isNotNull();
        assertThat(observer.isOver()).isFalse();
    }

    @Test
    void secondsCountFromTheFirstEvent() {
        WindowedObserver observer = over(ReplayWindow.of("1.5", "3"));
        assertThat(observer.observe(at(0))).isNull();
        assertThat(observer.observe(at(1_499_999_999L))).isNull();
        assertThat(observer.observe(at(1_500_000_000L))).isNotNull();
        assertThat(observer.isOver()).isFalse();
        assertThat(observer.observe(at(3_000_000_000L))).isNull();
        assertThat(observer.isOver()).isTrue();
    }

    @Test
    void timesOfDayCountAsTheyAre() {
        WindowedObserver observer = over(ReplayWindow.of("2026-11-22T10:43:34+01:00", null));
        assertThat(observer.observe(at(0))).isNull();
        assertThat(observer.observe(at(1_000_000_000L))).isNotNull();
    }

    @Test
    void whatIsNoTimeIsRefusedByName() {
        assertThatExceptionOfType(AgentException.class)
                .isThrownBy(() -> ReplayWindow.of(null, "noon"))
                .withMessageStartingWith("--to: noon is no time");
        assertThatExceptionOfType(AgentException.class)
                .isThrownBy(() -> ReplayWindow.of("2026-11-22T10:43:34", null));
        assertThatExceptionOfType(AgentException.class)
                .isThrownBy(() -> ReplayWindow.of("1e30", null));
    }

    @Test
    void summaryIsOneLineForPeopleAndScripts() {
        ReplayStatistics statistics = new ReplayStatistics();
        for (int i = 0; i < 7; i++) {
            statistics.taken(at(i));
        }
        assertThat(new Replay.Summary(statistics, 0.5, null).text())
                .isEqualTo("replayed 7 events in 0.50 s (14 events/s), 0 alerts");
        assertThat(statistics.text()).anyMatch(line -> line.endsWith("     7  chdir"));
    }

    private static Event at(long afterNs) {
        EventType type = EventType.symbol("SYSCALL_CHDIR_X");
        return new EventBuilder(type, FIRST_NS + afterNs, 1).event();
    }

    private WindowedObserver over(ReplayWindow window) {
        Observer host =
                new Observer() {
                    @Override
                    public Observation observe(Event event) {
                        return observation.set(event, null, null);
                    }

                    @Override
                    public List<Ancestor> lineage(Task task) {
                        return List.of();
                    }

                    @Override
                    public void tick(long nowNs) {
                        // Nothing to do.
                    }
                };
        return new WindowedObserver(host, window, new ReplayStatistics());
    }
}
