// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

@KernelTest
class LossKernelTest {
    private static final EventType OPEN = EventType.symbol("SYSCALL_OPEN_X");
    private static final EventType EXEC = EventType.symbol("SYSCALL_EXECVE_19_X");

    private static Demand opensOnly() {
        BitSet types = new BitSet();
        types.set(OPEN.code());
        return new Demand(types, false);
    }

    @Test
    void floodLosesItsOwnKindAndIsCountedByType() throws Exception {
        SensorConfig tiny = new SensorConfig(1 << 20, 1 << 14, true);
        try (Stage stage = new Stage(tiny, opensOnly())) {
            KernelSensor sensor = stage.sensor();
            Process flood = new ProcessBuilder(Actor.binary().toString(), "flood", "/tmp").start();
            assertThat(flood.waitFor()).isZero();

            assertThat(sensor.lost(OPEN)).isBetween(1000L, 5000L);
            assertThat(sensor.lost(EXEC)).as("the other ring is untouched").isZero();
            assertThat(sensor.lostTotal()).isGreaterThanOrEqualTo(sensor.lost(OPEN));
            stage.await(e -> e.tid() == flood.pid() && e.type().symbol().equals("PROCEXIT_1_E"));
            long told = stage.events().stream().filter(e -> e.type() == OPEN).count();
            assertThat(told + sensor.lost(OPEN)).as("told or counted").isGreaterThanOrEqualTo(5000);
        } finally {
            java.nio.file.Files.deleteIfExists(java.nio.file.Path.of("/tmp/flood"));
        }
    }

    @Test
    void unwantedCallsAreNotTold() throws Exception {
        try (Stage stage = new Stage(SensorConfig.DEFAULT, opensOnly())) {
            Scene scene = stage.play("dup");
            assertThat(scene.all("SYSCALL_OPEN_X")).isNotEmpty();
            assertThat(scene.all("SYSCALL_DUP_1_X")).isEmpty();
            assertThat(scene.all("SYSCALL_FCNTL_X")).isEmpty();
        }
    }

    @Test
    void demandCanChangeWhileItRuns() throws Exception {
        try (Stage stage = new Stage(SensorConfig.DEFAULT, opensOnly())) {
            assertThat(stage.play("dup").all("SYSCALL_DUP_1_X")).isEmpty();
            stage.sensor().subscribe(Demand.everything());
            assertThat(stage.play("dup").all("SYSCALL_DUP_1_X")).hasSize(2);
            stage.sensor().subscribe(opensOnly());
            assertThat(stage.play("dup").all("SYSCALL_DUP_1_X")).isEmpty();
        }
    }
}
