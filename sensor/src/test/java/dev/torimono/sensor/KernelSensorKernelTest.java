// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

@KernelTest
class KernelSensorKernelTest {
    private static final Demand NOTHING = new Demand(new java.util.BitSet(), false);

    @Test
    void sleepingReaderIsWokenByTheFirstEvent() throws Exception {
        try (Stage stage = new Stage(SensorConfig.DEFAULT, NOTHING)) {
            Process process = null;
            long worst = 0;
            for (int i = 0; i < 5; i++) {
                quiet(stage);
                process = new ProcessBuilder("/bin/true").start();
                long pid = process.pid();
                Event exec = stage.await(e -> e.tid() == pid && e.type().name().equals("execve"));
                long now = System.currentTimeMillis() * 1_000_000L;
                worst = Math.max(worst, now - exec.timestampNs());
                process.waitFor();
            }
            assertThat(worst).as("ns from the event to the reader").isLessThan(500_000_000L);
        }
    }

    private static void quiet(Stage stage) {
        for (int i = 0; i < 20 && stage.sensor().poll(stage, 30) > 0; i++) {
            stage.events().clear();
        }
    }

    @Test
    void emptyPollReturnsZeroAfterItsTimeout() {
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT)) {
            long start = System.nanoTime();
            int count = 0;
            while (System.nanoTime() - start < 2_000_000_000L) {
                long before = System.nanoTime();
                count = sensor.poll(e -> {}, 25);
                if (count == 0) {
                    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(25_000_000L);
                    return;
                }
            }
            assertThat(count).as("never quiet, but never negative").isNotNegative();
        }
    }

    @Test
    void agentIsNotToldOf() throws Exception {
        try (Stage stage = new Stage()) {
            java.nio.file.Files.readString(java.nio.file.Path.of("/proc/self/status"));
            stage.play("exit");
            long own = ProcessHandle.current().pid();
            assertThat(stage.events())
                    .noneMatch(
                            e ->
                                    e.u32At(e.extension(dev.torimono.model.Extension.CONTEXT), 0)
                                            == own);
        }
    }

    @Test
    void planNamesEveryHookAndTellsWhatIsAttached() {
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT)) {
            List<Hook> before = sensor.attachPlan();
            assertThat(before).filteredOn(Hook::attached).hasSize(LifecycleHook.values().length);
            sensor.subscribe(Demand.everything());
            // What refuses in the kernel is attached while something is armed.
            assertThat(sensor.attachPlan())
                    .allMatch(hook -> hook.attached() != hook.programType().equals("lsm"));
            assertThat(sensor.attachPlan()).allMatch(hook -> !hook.why().isEmpty());
            sensor.subscribe(NOTHING);
            assertThat(sensor.attachPlan())
                    .filteredOn(hook -> hook.point().contains("open_exit"))
                    .noneMatch(Hook::attached);
        }
    }

    @Test
    void twoSensorsCanWatchAtOnce() throws Exception {
        try (Stage one = new Stage();
                Stage other = new Stage()) {
            Scene scene = one.play("exit");
            other.await(e -> e.tid() == scene.pid() && e.type().symbol().equals("PROCEXIT_1_E"));
            assertThat(other.sensor().malformed()).isZero();
        }
    }

    @Test
    void closingTwiceIsHarmless() {
        KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT);
        sensor.close();
        sensor.close();
        assertThat(sensor.delivered()).isZero();
    }
}
