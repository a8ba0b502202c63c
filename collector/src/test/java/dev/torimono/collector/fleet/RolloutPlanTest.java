// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RolloutPlanTest {
    /** From Friday evening to Saturday morning, and all of Sunday afternoon, in Tokyo. */
    private static final String WEEKLY =
            "{\"stages\":[],\"freezes\":[{\"days\":[\"fri\"],\"from\":\"18:00\",\"to\":\"06:00\","
                    + "\"zone\":\"Asia/Tokyo\"},{\"days\":[\"sun\"],\"from\":\"12:00\",\"to\":"
                    + "\"18:00\",\"zone\":\"Asia/Tokyo\"}]}";

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T08:59:59Z, false",
        "2026-11-27T09:00:00Z, true",
        "2026-11-27T20:59:59Z, true",
        "2026-11-27T21:00:00Z, false",
        "2026-11-28T09:00:00Z, false",
        "2026-11-26T15:30:00Z, false",
        "2026-11-29T03:00:00Z, true",
        "2026-11-29T09:00:00Z, false",
    })
    void aWeeklyFreezeMayGoBeyondMidnightAndKnowsItsZone(Instant moment, boolean frozen) {
        RolloutPlan plan = RolloutPlan.of(Json.parse(WEEKLY.getBytes(StandardCharsets.UTF_8)));
        assertThat(plan.frozen(moment)).isEqualTo(frozen);
        assertThat(plan.json().toString()).isEqualTo(WEEKLY);
    }
}
