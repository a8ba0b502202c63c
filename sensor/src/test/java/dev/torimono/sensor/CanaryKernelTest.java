// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What comes back of our own act, and what does not when the way is blocked. */
@KernelTest
class CanaryKernelTest {
    private final AtomicBoolean stop = new AtomicBoolean();

    /** Reads in the background as the pipeline does. */
    private Thread reader(KernelSensor sensor) {
        return Thread.ofPlatform()
                .start(
                        () -> {
                            while (!stop.get()) {
                                sensor.poll(
                                        event ->
                                                assertThat(event.tid())
                                                        .as("an event of our own")
                                                        .isNotEqualTo(
                                                                ProcessHandle.current().pid()),
                                        20);
                            }
                        });
    }

    @Test
    void comesBackByEveryWay() throws Exception {
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT)) {
            sensor.subscribe(new Demand(new BitSet(), false));
            Thread reader = reader(sensor);
            for (int i = 0; i < 5; i++) {
                assertThat(sensor.canary().sing(10_000)).isEmpty();
            }
            stop.set(true);
            reader.join();
        }
    }

    @Test
    void hookThatIsGoneIsMissed() throws Exception {
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT)) {
            sensor.subscribe(new Demand(new BitSet(), false));
            sensor.detach("sys_exit");
            Thread reader = reader(sensor);
            assertThat(sensor.canary().sing(500)).isEqualTo(Set.of(Canary.Way.CALL));
            stop.set(true);
            reader.join();
        }
    }

    @Test
    void readerThatStandsStillIsMissed() throws Exception {
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT)) {
            sensor.subscribe(new Demand(new BitSet(), false));
            assertThat(sensor.canary().sing(200)).isEqualTo(Set.of(Canary.Way.values()));
        }
    }
}
