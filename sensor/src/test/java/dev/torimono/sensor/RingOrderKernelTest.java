// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Event;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two rings are read, several CPUs write: what a task does comes between its birth and its end. */
@KernelTest
class RingOrderKernelTest {
    private static final int PROCESSES = 150;

    @Test
    void noEffectComesBeforeItsCause() throws Exception {
        try (Stage stage = new Stage()) {
            Process shell =
                    new ProcessBuilder(
                                    "/bin/sh",
                                    "-c",
                                    "i=0; while [ $i -lt "
                                            + PROCESSES
                                            + " ]; do /bin/true & i=$((i+1)); done; wait")
                            .start();
            stage.await(e -> e.tid() == shell.pid() && e.type().symbol().equals("PROCEXIT_1_E"));

            Set<Long> born = new HashSet<>();
            Set<Long> dead = new HashSet<>();
            Map<Long, Long> lastTime = new HashMap<>();
            int executed = 0;
            long number = 0;
            for (Event event : stage.events()) {
                assertThat(event.number()).isEqualTo(++number);
                long tid = event.tid();
                boolean fork = event.type().name().matches("clone3?|v?fork");
                if (fork) {
                    dead.remove(tid);
                    born.add(tid);
                }
                if (!born.contains(tid)) {
                    continue; // ran before the sensor
                }
                assertThat(dead).as(event.type() + " after the end of " + tid).doesNotContain(tid);
                assertThat(event.timestampNs())
                        .as(event.type() + " of " + tid)
                        .isGreaterThanOrEqualTo(lastTime.getOrDefault(tid, 0L));
                lastTime.put(tid, fork ? 0L : event.timestampNs());
                if (event.type().symbol().equals("PROCEXIT_1_E")) {
                    dead.add(tid);
                }
                if (event.type().symbol().equals("SYSCALL_EXECVE_19_X")) {
                    executed++;
                }
            }
            assertThat(executed).isGreaterThanOrEqualTo(PROCESSES);
            assertThat(stage.sensor().malformed()).isZero();
            assertThat(stage.sensor().lostTotal()).isZero();
        }
    }
}
