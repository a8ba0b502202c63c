// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.model.Demand;
import dev.torimono.sensor.KernelTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher for arm64, executed by qemu's user mode, which passes its calls on to this kernel:
 * that it starts, looks for its agent, talks to it and becomes its program. A filter is not
 * installed: qemu has no seccomp, and clones no process that shares its files.
 */
@KernelTest
class ArmLauncherTest {
    private static final Path QEMU = Path.of("/usr/bin/qemu-aarch64-static");

    @TempDir private Path folder;

    @BeforeEach
    void needsQemu() throws IOException {
        assumeTrue(Files.isExecutable(QEMU), "no " + QEMU + " (Debian: qemu-user-static)");
        try (InputStream in = ArmLauncherTest.class.getResourceAsStream("launch-aarch64")) {
            assumeTrue(in != null, "no launcher for arm64 was built: gcc-aarch64-linux-gnu");
            Files.copy(in, folder.resolve("launch-arm"));
        }
        Files.setPosixFilePermissions(
                folder.resolve("launch-arm"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Cover.Ended run(String priority, String... command) throws Exception {
        List<String> words =
                new ArrayList<>(List.of(QEMU.toString(), folder.resolve("launch-arm").toString()));
        words.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("TORIMONO_SOCKET", folder.resolve("agent.sock").toString());
        builder.environment().put("TORIMONO_WAIT_SECONDS", "1");
        builder.environment().put("TORIMONO_PRIORITY", priority);
        builder.environment().put("KEPT", "kept");
        return Cover.end(builder.start());
    }

    @Test
    void withoutAnAgentItBecomesItsProgram() throws Exception {
        Cover.Ended ended = run("availability", "sh", "-c", "echo $KEPT $1; exit 5", "x", "a b");
        assertThat(ended.exit()).isEqualTo(5);
        assertThat(ended.out())
                .contains("no such file (ENOENT); the program runs without being seen")
                .endsWith("kept a b\n");
    }

    @Test
    void whereSecurityComesFirstItRunsNothing() throws Exception {
        Cover.Ended ended = run("security", "echo", "ran");
        assertThat(ended.exit()).isEqualTo(126);
        assertThat(ended.out()).contains("nothing is run").doesNotContain("ran\n");
    }

    @Test
    void whatIsMissingHasTheShellsExitCodes() throws Exception {
        assertThat(run("availability", "no-such-program").exit()).isEqualTo(127);
        assertThat(run("availability").exit()).isEqualTo(127);
    }

    @Test
    void agentOfAnotherMachineRefusesIt() throws Exception {
        try (Cover cover = new Cover(folder, new Demand(new BitSet(), false))) {
            assumeTrue(Machine.arch() != NotifiedCall.ARCH_ARM64, "this is its machine");
            cover.look(1000);
            Cover.Ended ended = run("availability", "echo", "ran");
            assertThat(ended.out())
                    .contains("the agent refuses: it was compiled for another machine")
                    .endsWith("ran\n");
            assertThat(cover.notices()).singleElement().isInstanceOf(CoverNotice.Refused.class);
        }
    }
}
