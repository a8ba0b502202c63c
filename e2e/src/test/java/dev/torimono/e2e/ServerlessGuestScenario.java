// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Images;
import dev.torimono.e2e.fixture.NeedsRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Launcher, sensor and sidecar on the kernel of Fargate, in a guest: for x86-64 and, by a machine
 * that is computed whole, for arm64. Some minutes each: only when asked for, by {@code ./torimono
 * test --guest} or {@code -Dtorimono.qemu=true}.
 */
@NeedsRoot
@EnabledIfSystemProperty(
        named = "torimono.qemu",
        matches = "true",
        disabledReason =
                "guests take some minutes: ./torimono test --guest, or -Dtorimono.qemu=true")
class ServerlessGuestScenario {
    /** {@code guest.sh}: something is missing on this machine. */
    private static final int MISSING = 3;

    private static final Duration LIMIT = Duration.ofSeconds(700);
    private static final String ROOT = AgentProcess.root().toString();
    private static final List<String> SENSOR_TESTS =
            List.of(
                    "seccomp.LauncherTest",
                    "seccomp.SeccompSensorTest",
                    "seccomp.HeldCallsTest",
                    "seccomp.NarrowedCallsTest",
                    "seccomp.AwayTest",
                    "seccomp.CornerTest");

    @TempDir private Path folder;

    enum Machine {
        X86_64,
        AARCH64;

        /** Its own Java, inside the guest. */
        String java() {
            return this == X86_64
                    ? Images.javaHome().toString()
                    : "/usr/lib/jvm/java-25-openjdk-arm64";
        }

        /** Makes a program of 32 bits that makes the file it is told; false where it cannot. */
        boolean narrow(Path into) {
            Path sources = AgentProcess.root().resolve("sensor/src/test/c/seccomp");
            String program = into.toString();
            if (this == X86_64) {
                String source = sources.resolve("ia32.c").toString();
                return run(
                        List.of("gcc", "-m32", "-O1", "-nostdlib", "-static"),
                        List.of("-fno-pic", "-no-pie", "-o", program, source));
            }
            String object = into.resolveSibling("object").toString();
            String source = sources.resolve("arm32.c").toString();
            return run(
                            List.of("clang", "--target=armv7-linux-gnueabi", "-O1", "-c"),
                            List.of("-ffreestanding", "-fno-pic", "-o", object, source))
                    && run(
                            List.of("aarch64-linux-gnu-ld", "-m", "armelf_linux_eabi"),
                            List.of("-o", program, object));
        }

        private static boolean run(List<String> compiler, List<String> more) {
            List<String> words = new ArrayList<>(compiler);
            words.addAll(more);
            try {
                return Command.of(words).run().exit() == 0;
            } catch (UncheckedIOException e) {
                return false; // no such compiler here
            }
        }
    }

    private String said(Machine machine, String options, String... command) {
        Path root = AgentProcess.root();
        Path scripts = root.resolve("e2e/src/test/qemu");
        String script = scripts.resolve(String.join(" ", command)).toString();
        Command.Result result =
                Command.of(
                                scripts.resolve("guest.sh").toString(),
                                "-m",
                                machine.name().toLowerCase(Locale.ROOT),
                                "-k",
                                "5.10",
                                "-s",
                                root.toString(),
                                "-s",
                                folder.toString(),
                                "-t",
                                Long.toString(LIMIT.toSeconds() - 10),
                                "--",
                                "sh",
                                "-c",
                                "TEST_OPTIONS=" + options + " " + script)
                        .within(LIMIT)
                        .run();
        assumeTrue(result.exit() != MISSING, result.err().strip());
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void sensorPassesItsTestsThere(Machine machine) {
        String options = "";
        if (machine == Machine.AARCH64) {
            // There is no compiler inside; the test of a 32-bit program asks for one by that name.
            assumeTrue(machine.narrow(folder.resolve("ia32")), "no clang, or no linker for arm");
            options = "-Dtorimono.programs=" + folder;
        }
        String tests = String.join(" ", SENSOR_TESTS);
        assertThat(said(machine, options, "check.sh", ROOT, machine.java(), "tests", tests))
                .containsPattern("guest tests: [1-9][0-9]* passed, 0 failed");
    }

    @ParameterizedTest
    @EnumSource(Machine.class)
    void taskIsSeenAndOutlivesItsSidecars(Machine machine) throws IOException {
        Path narrow = folder.resolve("narrow");
        boolean made = machine.narrow(narrow);
        if (!made) {
            Files.writeString(narrow, "");
        }
        String said = said(machine, "", "serverless.sh", ROOT, machine.java(), narrow.toString());
        assertThat(said)
                .contains("environment: kept /bin/sh\ncode 7\n")
                .containsPattern("signal: (Terminated\\s+)?code 143")
                .contains("seen: 1\n")
                .containsPattern("refused: .*not permitted.*No such file")
                .containsPattern("ended: .*137.*No such file")
                .contains("many: all\n")
                .contains("with an agent: availability security\n")
                .contains("with a frozen one: availability \n")
                .contains("with one that is back: availability security\n")
                .contains("without: availability \n")
                .contains("with another: availability security\n");
        String alerts =
                said.lines()
                        .dropWhile(line -> !line.equals("== alerts"))
                        .collect(Collectors.joining("\n"));
        assertThat(alerts)
                .contains("wrote /tmp/seen in web")
                .contains("connected to 127.0.0.1:9")
                .contains("\"status\":\"done\",\"type\":\"process_killed\"")
                .contains("exec_prevented");
        assertThat(IntStream.range(0, 50).mapToObj(i -> "number-" + i + "\""))
                .allSatisfy(number -> assertThat(alerts).contains(number));
        assumeTrue(made, "no compiler for programs of 32 bits; all else passed");
        assertThat(said).contains("narrow: 0 1 \n");
        assertThat(alerts).contains("wrote /tmp/seen-narrow");
    }
}
