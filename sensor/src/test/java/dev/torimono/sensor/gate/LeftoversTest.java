// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes in a mount namespace of their own, stopped at their entry or elsewhere. */
class LeftoversTest {
    /** Traces its child to the end of exec and lets go of it stopped; numbers of amd64. */
    private static final String AT_ENTRY =
            """
            $| = 1;
            my $pid = fork();
            if (!$pid) { syscall(101, 0, 0, 0, 0); exec(@ARGV); }
            waitpid($pid, 0);
            syscall(101, 17, $pid, 0, 19);
            print "$pid\\n";
            waitpid($pid, 0);
            """;

    private final HostWorld host = new HostWorld(Path.of("/proc"));
    private final Leftovers leftovers = new Leftovers("/proc/", host);
    private @Nullable Process process;
    private long pid;

    @BeforeEach
    void needsRootAndPerl() {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the script's numbers");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "perl");
        assumeTrue(System.getProperty("user.name").equals("root"), "root");
    }

    @AfterEach
    void end() {
        if (process != null) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void start(String... words) throws IOException {
        Process fresh = new ProcessBuilder(words).redirectErrorStream(true).start();
        process = fresh;
        pid =
                Long.parseLong(
                        new String(
                                        fresh.getInputStream().readNBytes(digits(fresh)),
                                        StandardCharsets.US_ASCII)
                                .strip());
        while (!Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") T ")) {
            Thread.onSpinWait();
        }
    }

    /** The line ends the number: one read hands it over whole. */
    private static int digits(Process process) throws IOException {
        while (process.getInputStream().available() == 0) {
            Thread.onSpinWait();
        }
        return process.getInputStream().available();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/usr/bin/busybox", "/usr/bin/perl"})
    void processThatStandsAtItsEntryIsFound(String program) throws IOException {
        start("unshare", "-m", "perl", "-e", AT_ENTRY, program, "sleep", "1000");

        assertThat(leftovers.stopped(List.of(pid))).containsKey(pid);
    }

    @Test
    void processThatSomebodyStoppedLaterIsNotOurs() throws IOException {
        start("unshare", "-m", "sh", "-c", "echo $$; kill -STOP $$; sleep 1000");

        assertThat(leftovers.stopped(List.of(pid))).isEmpty();
    }

    @Test
    void processOfTheHostIsLeftAlone() throws IOException {
        start("perl", "-e", AT_ENTRY, "/usr/bin/busybox", "sleep", "1000");

        assertThat(leftovers.stopped(List.of(pid))).isEmpty();
    }
}
