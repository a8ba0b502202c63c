// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingTest {
    @Test
    void readsWhatAnAgentWrites() {
        String line =
                """
                {"rule":"R","output_fields":{"evt.time":1700000000000000001,"container.id":"abc"},\
                "lineage":[{"pid":7,"container":"abc"},{"pid":1,"container":"host"}]}""";
        Sighting sighting = Sighting.ofJson(line, 0).orElseThrow();
        assertThat(sighting.rule()).isEqualTo("R");
        assertThat(sighting.containers()).isEqualTo(Set.of("abc", "host"));
        assertThat(sighting.pids()).isEqualTo(List.of(7L, 1L));
        assertThat(sighting.eventNs()).isEqualTo(1_700_000_000_000_000_001L);
    }

    @Test
    void takesTheTimeOfTheAlertWhenTheEventsIsNotThere() {
        Sighting sighting =
                Sighting.ofJson("{\"rule\":\"R\",\"time\":\"2026-11-26T05:00:00.5Z\"}", 0)
                        .orElseThrow();
        assertThat(sighting.eventNs()).isEqualTo(1_795_669_200_500_000_000L);
    }

    @Test
    void otherLinesAreNone() {
        assertThat(Sighting.ofJson("ready", 0)).isEmpty();
        assertThat(Sighting.ofJson("{\"output\":\"x\"}", 0)).isEmpty();
    }

    @Test
    void waitingEndsWithTheFirstThatFits() {
        Sightings sightings = new Sightings(InstantSource.system());
        Thread adder =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    sightings.add(of("other"));
                                    sightings.add(of("wanted"));
                                });
        assertThat(sightings.await(s -> s.rule().equals("wanted"), 60_000)).isPresent();
        assertThat(adder.isInterrupted()).isFalse();
        assertThat(sightings.await(s -> s.rule().equals("absent"), 1)).isEmpty();
    }

    @Test
    void nobodyWaitsForWhatWillNotCome() {
        Sightings sightings = new Sightings(InstantSource.system());
        sightings.end();
        assertThat(sightings.await(s -> true, 60_000)).isEmpty();
    }

    private static Sighting of(String rule) {
        return new Sighting(rule, Set.of(), List.of(), 0, 0);
    }
}
