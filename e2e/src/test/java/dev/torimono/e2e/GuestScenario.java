// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Images;
import dev.torimono.e2e.fixture.NeedsRoot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The sensor and the agent on a kernel that allows BPF security modules, in a guest: what most
 * machines that build this refuse. One boot for all, some two minutes: only when asked for, by
 * {@code ./torimono test --guest} or {@code -Dtorimono.qemu=true}.
 */
@NeedsRoot
@EnabledIfSystemProperty(
        named = "torimono.qemu",
        matches = "true",
        disabledReason =
                "a guest takes some two minutes: ./torimono test --guest, or -Dtorimono.qemu=true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuestScenario {
    /** {@code guest.sh}: something is missing on this machine. */
    private static final int MISSING = 3;

    private static final Duration LIMIT = Duration.ofSeconds(500);
    private static final List<String> SENSOR_TESTS =
            List.of("RefusalKernelTest", "KernelProbeTest");

    private Command.@Nullable Result booted;

    /** Boots it for the first that asks. */
    private String said() {
        Command.Result result = booted;
        if (result == null) {
            result = boot();
            booted = result;
        }
        assumeTrue(result.exit() != MISSING, result.err().strip());
        assertThat(result.exit()).as(result.out() + result.err()).isZero();
        return result.out();
    }

    private static Command.Result boot() {
        Path root = AgentProcess.root();
        Path scripts = root.resolve("e2e/src/test/qemu");
        String check = scripts.resolve("check.sh") + " " + root + " " + Images.javaHome();
        String commands =
                "echo '== doctor'; %s doctor; echo '== tests'; %s tests %s; echo '== drift'; %s drift"
                        .formatted(check, check, String.join(" ", SENSOR_TESTS), check);
        return Command.of(
                        scripts.resolve("guest.sh").toString(),
                        "-a",
                        "lsm=capability,landlock,lockdown,bpf",
                        "-s",
                        root.toString(),
                        "-t",
                        Long.toString(LIMIT.toSeconds() - 10),
                        "--",
                        "sh",
                        "-c",
                        commands)
                .within(LIMIT)
                .run();
    }

    private String part(String name) {
        return said().lines()
                .dropWhile(line -> !line.equals("== " + name))
                .skip(1)
                .takeWhile(line -> !line.startsWith("== "))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void doctorPlansToRefuseInTheKernel() {
        assertThat(part("doctor"))
                .containsPattern("lsm +works")
                .containsPattern("fentry +works")
                .contains("refusing execs     lsm, fanotify: ")
                .contains("prevent: the operation fails, by a BPF security module")
                .contains("lsm bprm_check_security")
                .contains("The agent works on this machine.");
    }

    @Test
    void sensorPassesItsTestsThere() {
        assertThat(part("tests"))
                .containsPattern("guest tests: [1-9][0-9]* passed, 0 failed, 0 skipped");
    }

    @Test
    void policyIsEnforcedInTheKernelAndToldAsAnyOther() {
        assertThat(part("drift"))
                .contains("image: fine")
                .containsPattern("unwatched: .*Operation not permitted")
                .containsPattern("overlay: .*Operation not permitted")
                .contains("switched off: ran", "ended: ran");
        assertThat(part("alerts"))
                .containsPattern(
                        "\"status\":\"done\",\"type\":\"drift_prevented\".*file=/m/echo"
                                + " reason=memory_fs");
        assertThat(part("log")).contains("drift and prohibited binaries in the kernel (BPF LSM)");
    }
}
