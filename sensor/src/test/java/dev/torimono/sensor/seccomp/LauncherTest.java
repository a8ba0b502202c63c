// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.sensor.KernelTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher with and without an agent; root, since the agent reads others' memory. */
@KernelTest
class LauncherTest {
    private static final Demand EXECS = new Demand(new BitSet(), false);

    /** Begins its arguments and never asks how they ended. */
    private static final String UNREAPED = "if (fork) { sleep 120 } else { exec @ARGV }";

    /** Takes one greeting and ends. */
    private static final String HANGS_UP =
            """
            use Socket;
            socket(my $ear, AF_UNIX, SOCK_SEQPACKET, 0) or die $!;
            bind($ear, pack_sockaddr_un($ARGV[0])) or die $!;
            listen($ear, 1) or die $!;
            accept(my $caller, $ear) or die $!;
            recv($caller, my $hello, 4096, 0);
            """;

    @TempDir private Path folder;

    @Test
    void exitCodeAndOutputAreTheProgramsOwn() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            cover.look(1000);
            assertThat(cover.run("sh", "-c", "echo one; exit 7"))
                    .isEqualTo(new Cover.Ended(7, "one\n"));
        }
    }

    @Test
    void argumentsAndEnvironmentStayAsTheyAre() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            cover.look(1000);
            ProcessBuilder program =
                    cover.program("sh", "-c", "printf '%s|' \"$MINE\" \"$@\"", "name", "a b", "");
            program.environment().put("MINE", "x=y z");
            assertThat(Cover.end(program.start()).out()).isEqualTo("x=y z|a b||");
        }
    }

    @Test
    void programKeepsTheProcessIdAndDiesBySignalsAsEver() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            cover.look(1000);
            Process process = cover.program("sh", "-c", "echo $$; kill -TERM $$; sleep 60").start();
            long pid = process.pid();
            Cover.Ended ended = Cover.end(process);
            assertThat(ended.out().strip()).isEqualTo(Long.toString(pid));
            assertThat(ended.exit()).isEqualTo(128 + 15);
        }
    }

    @Test
    void programHasNoChildThatItDidNotStartAndNoFileBeyondItsOwn() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            cover.look(1000);
            Cover.Ended ended =
                    cover.run(
                            "sh",
                            "-c",
                            "cat /proc/self/task/$$/children 2>/dev/null; ls /proc/$$/fd; wait;"
                                    + " echo waited");
            assertThat(ended.out().lines().filter(line -> line.matches("[0-9]+")))
                    .containsExactly("0", "1", "2");
            assertThat(ended.out()).endsWith("waited\n");
        }
    }

    @Test
    void withoutAnAgentItRunsUncoveredAndTheAgentHearsOfIt() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            ProcessBuilder program = cover.program("sh", "-c", "echo ran; exec sleep 5");
            program.environment().put("TORIMONO_WAIT_SECONDS", "1");
            Process process = program.start();
            try {
                cover.look(1000);
                // It may have come in time after all on a slow machine; only one of both is true.
                Cover.await("word of it", () -> !cover.notices().isEmpty());
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** By its number alone it would seem to live: as a zombie it has that still. */
    @Test
    void keeperOfAnUncoveredProgramEndsWithItThoughNobodyReapsIt() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            ProcessBuilder program = cover.program("sleep", "3");
            program.command().addAll(0, List.of("perl", "-e", UNREAPED));
            program.environment().put("TORIMONO_WAIT_SECONDS", "1");
            Process parent = program.start();
            try {
                Cover.await("its keeper", () -> keepers() == 1);
                Cover.await("the keeper's end", () -> keepers() == 0);
                assertThat(parent.isAlive()).isTrue();
            } finally {
                parent.destroyForcibly();
            }
        }
    }

    /** Keepers of programs that this test began. */
    private long keepers() {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc/" + process.pid()))
                .filter(proc -> text(proc.resolve("comm")).startsWith("torimono-keep"))
                .filter(proc -> text(proc.resolve("cmdline")).contains(folder.toString()))
                .count();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void whereSecurityComesFirstNothingRunsWithoutAnAgent() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            ProcessBuilder program = cover.program("sh", "-c", "echo ran");
            program.environment().put("TORIMONO_WAIT_SECONDS", "1");
            program.environment().put("TORIMONO_PRIORITY", "security");
            Cover.Ended ended = Cover.end(program.start());
            assertThat(ended.exit()).isEqualTo(126);
            assertThat(ended.out())
                    .startsWith("torimono launch: ")
                    .contains("nothing is run, because TORIMONO_PRIORITY is security")
                    .doesNotContain("ran\n");
        }
    }

    @Test
    void missingAndForbiddenProgramsHaveTheShellsExitCodes() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            cover.look(1000);
            assertThat(cover.run("no-such-program").exit()).isEqualTo(127);
            assertThat(cover.run("/no/such").exit()).isEqualTo(127);
            assertThat(cover.run(folder.toString()).exit()).isEqualTo(126);
            assertThat(cover.run().out()).contains("no command").hasLineCount(1);
        }
    }

    /** Guessing would cover less than was asked for. */
    @ParameterizedTest
    @CsvSource({
        "TORIMONO_PRIORITY, Security",
        "TORIMONO_WAIT_SECONDS, 10s",
        "TORIMONO_WAIT_SECONDS, -1",
        "TORIMONO_WAIT_SECONDS, 99999999999999999999"
    })
    void whatCannotBeMeantIsRefusedInOneLine(String name, String value) throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            ProcessBuilder program = cover.program("sh", "-c", "echo ran");
            program.environment().put(name, value);
            Cover.Ended ended = Cover.end(program.start());
            assertThat(ended.exit()).isEqualTo(126);
            assertThat(ended.out())
                    .startsWith("torimono launch: " + name + ": must be ")
                    .hasLineCount(1);
        }
    }

    @Test
    void foldersAlongThePathAreNoPrograms() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            cover.look(1000);
            Files.createDirectories(folder.resolve("first/prog"));
            Files.createDirectories(folder.resolve("second"));
            Files.copy(Path.of("/bin/true"), folder.resolve("second/prog"));
            ProcessBuilder program = cover.program("prog");
            program.environment().put("PATH", folder + "/first:" + folder + "/second");
            assertThat(Cover.end(program.start())).isEqualTo(new Cover.Ended(0, ""));
        }
    }

    /** It was being started again just then. */
    @Test
    void anAgentThatHangsUpIsAskedOnceMore() throws Exception {
        try (Cover cover = new Cover(folder, EXECS)) {
            Process first =
                    new ProcessBuilder("perl", "-e", HANGS_UP, cover.socket().toString()).start();
            Cover.await("its socket", () -> Files.exists(cover.socket()));
            ProcessBuilder program = cover.program("sh", "-c", "echo ran");
            program.environment().put("TORIMONO_PRIORITY", "security");
            Process process = program.start();
            assertThat(first.waitFor()).isZero();
            SeccompSensor sensor = cover.look(1000);
            assertThat(Cover.end(process)).isEqualTo(new Cover.Ended(0, "ran\n"));
            assertThat(sensor.count(SeccompCount.NOTIFIED)).isPositive();
        }
    }

    @Test
    void launcherInALauncherStaysWithTheOuterOne() throws IOException, InterruptedException {
        try (Cover cover = new Cover(folder, EXECS)) {
            SeccompSensor sensor = cover.look(1000);
            Cover.Ended ended =
                    cover.run(folder.resolve("launch").toString(), "sh", "-c", "echo inner");
            assertThat(ended.exit()).isZero();
            assertThat(ended.out()).contains("there is a listener already").endsWith("inner\n");
            assertThat(sensor.count(SeccompCount.NOTIFIED)).isPositive();
        }
    }
}
