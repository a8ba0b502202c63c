// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.sensor.seccomp.SeccompSensor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SidecarRehearsalTest {
    private static Set<Path> folders() throws IOException {
        Set<Path> folders = new HashSet<>();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(temporary, "torimono-rehearsal*")) {
            all.forEach(folders::add);
        }
        return folders;
    }

    /** In a program that waits for its agent: it would not have run had nobody watched. */
    @Test
    void aProgramIsWatchedAndNothingIsLeft() throws IOException {
        assumeTrue(SeccompSensor.obstacle() == null, SeccompSensor.obstacle());
        Set<Path> before = folders();
        assertThat(SidecarRehearsal.run(2, SidecarRehearsal.MOST)).isTrue();
        assertThat(folders()).isEqualTo(before);
    }

    /** Its children wait for an agent: one that is left would do so for ever. */
    @Test
    void oneThatTakesTooLongLeavesNobodyWaiting() throws Exception {
        assumeTrue(SeccompSensor.obstacle() == null, SeccompSensor.obstacle());
        Set<Path> before = folders();
        assertThat(SidecarRehearsal.run(1_000_000, Duration.ofMillis(300))).isTrue();
        assertThat(folders()).isEqualTo(before);
        // The keeper of a program ends when the last task of it has.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (keepers() > 0 && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(keepers()).isZero();
    }

    private static long keepers() {
        return ProcessHandle.allProcesses()
                .filter(each -> each.info().commandLine().orElse("").contains("torimono-rehearsal"))
                .count();
    }
}
