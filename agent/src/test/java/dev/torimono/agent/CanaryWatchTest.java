// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Alert;
import dev.torimono.model.Priority;
import dev.torimono.sensor.Canary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanaryWatchTest {
    private final List<Alert> alerts = new ArrayList<>();
    private Set<Canary.Way> missing = Set.of();
    private final CanaryWatch watch =
            new CanaryWatch(
                    timeout -> missing,
                    alert -> {
                        alerts.add(alert);
                        return 0;
                    },
                    () -> Instant.EPOCH,
                    "box",
                    new Logs().log());

    @Test
    void whatComesBackIsNothingToTell() throws Exception {
        watch.once();
        watch.once();
        assertThat(alerts).isEmpty();
        assertThat(watch.toString()).startsWith("canary=alive:");
    }

    @Test
    void blindnessIsToldOnceAndSoIsItsEnd() throws Exception {
        missing = Set.of(Canary.Way.CALL);
        watch.once();
        assertThat(alerts).as("one may be late").isEmpty();
        watch.once();
        watch.once();
        assertThat(alerts).hasSize(1);
        assertThat(alerts.getFirst().finding().priority()).isEqualTo(Priority.CRITICAL);
        assertThat(alerts.getFirst().finding().message()).contains("sys_exit");
        assertThat(watch.toString()).isEqualTo("canary=blind:call");
        missing = Set.of();
        watch.once();
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(1).finding().message()).contains("sees again");
    }
}
