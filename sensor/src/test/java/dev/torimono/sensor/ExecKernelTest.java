// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import org.junit.jupiter.api.Test;

@KernelTest
class ExecKernelTest {
    @Test
    void lifeOfAProcessIsToldInOrder() throws Exception {
        try (KernelSensor sensor = KernelSensor.open(SensorConfig.DEFAULT)) {
            sensor.subscribe(Demand.everything());
            Process process = new ProcessBuilder("/bin/sleep", "0.05").start();
            Recorder recorder = new Recorder();
            Event exit = recorder.await(sensor, "PROCEXIT_1_E", process.pid());
            Event fork =
                    recorder.await(
                            sensor,
                            e -> e.tid() == process.pid() && e.type().name().contains("clone"));
            Event exec =
                    recorder.await(
                            sensor,
                            e ->
                                    e.type().symbol().equals("SYSCALL_EXECVE_19_X")
                                            && e.tid() == process.pid()
                                            && e.text(1).toString().equals("/bin/sleep"));

            assertThat(fork.type().name()).isIn("clone", "fork", "vfork", "clone3");
            assertThat(exec.text(exec.type().paramIndex("args")).toString()).isEqualTo("0.05");
            assertThat(exec.text(exec.type().paramIndex("trusted_exepath")).toString())
                    .isEqualTo("/usr/bin/sleep");
            assertThat(exit.number(exit.type().paramIndex("ret"))).isZero();
            assertThat(fork.timestampNs()).isLessThan(exec.timestampNs());
            assertThat(exec.timestampNs()).isLessThan(exit.timestampNs());
            assertThat(sensor.malformed()).isZero();
        }
    }
}
