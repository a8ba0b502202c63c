// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static dev.torimono.sensor.seccomp.Told.demand;
import static dev.torimono.sensor.seccomp.Told.exec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.sensor.KernelTest;
import dev.torimono.sensor.SensorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of calls while the agent is gone, slow, or back again. */
@KernelTest
class AwayTest {
    @TempDir private Path folder;

    @Test
    void programGoesOnWhenTheAgentEndsAndIsSeenAgainWhenItIsBack() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(200);
            Process process =
                    cover.program(
                                    "sh",
                                    "-c",
                                    "while [ ! -e %s/end ]; do /bin/true; : >%s/alive; done;"
                                                    .formatted(folder, folder)
                                            + " echo ended")
                            .start();
            Cover.await("first events", () -> cover.told().size() > 5);
            cover.lookAway();
            cover.told().clear();
            for (int i = 0; i < 3; i++) {
                Files.deleteIfExists(folder.resolve("alive"));
                Cover.await("a round", () -> Files.exists(folder.resolve("alive")));
            }
            SeccompSensor again = cover.look(200);
            Cover.await("events again", () -> cover.told().stream().anyMatch(exec("/true")));
            Cover.await("count", () -> again.count(SeccompCount.PASSED_UNSEEN) > 0);
            Files.createFile(folder.resolve("end"));
            assertThat(Cover.end(process)).isEqualTo(new Cover.Ended(0, "ended\n"));
            assertThat(cover.notices())
                    .anyMatch(n -> n instanceof CoverNotice.Seen seen && seen.again());
        }
    }

    @Test
    void whereSecurityComesFirstCallsWaitForTheAgent() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(200);
            ProcessBuilder builder =
                    cover.program(
                            "sh", "-c", "read go; /bin/true; echo ran >%s/ran".formatted(folder));
            builder.environment().put("TORIMONO_PRIORITY", "security");
            Process process = builder.start();
            Cover.await("the program", () -> !cover.told().isEmpty());
            cover.lookAway();
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            // Nothing lets it pass: well beyond the deadline it still waits.
            java.util.concurrent.TimeUnit.MILLISECONDS.sleep(1500);
            assertThat(folder.resolve("ran")).doesNotExist();
            SeccompSensor again = cover.look(200);
            assertThat(Cover.end(process).exit()).isZero();
            assertThat(folder.resolve("ran")).exists();
            assertThat(again.count(SeccompCount.PASSED_UNSEEN)).isZero();
        }
    }

    /** Whoever ends a container ends its keeper first, now and then: nothing is lost by that. */
    @Test
    void keeperIsMissedOnlyWhereItsProgramGoesOn() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(1000);
            Process ends = cover.program("sleep", "1001").start();
            keeper("1001").destroyForcibly();
            ends.destroyForcibly().waitFor();
            Process goesOn = cover.program("sleep", "1002").start();
            try {
                keeper("1002").destroyForcibly();
                Cover.await("word of it", () -> missed(cover) > 0);
                assertThat(missed(cover)).isEqualTo(1);
            } finally {
                goesOn.destroyForcibly();
            }
        }
    }

    private static long missed(Cover cover) {
        return cover.notices().stream().filter(CoverNotice.KeeperGone.class::isInstance).count();
    }

    /** It has the command line that it was begun with. */
    private ProcessHandle keeper(String argument) throws InterruptedException {
        List<ProcessHandle> found = new ArrayList<>();
        Cover.await(
                "its keeper",
                () -> {
                    ProcessHandle.allProcesses()
                            .filter(process -> isKeeper(process, argument))
                            .forEach(found::add);
                    return !found.isEmpty();
                });
        return found.getFirst();
    }

    private boolean isKeeper(ProcessHandle process, String argument) {
        try {
            Path proc = Path.of("/proc/" + process.pid());
            String words = Files.readString(proc.resolve("cmdline"));
            return Files.readString(proc.resolve("comm")).startsWith("torimono-keep")
                    && words.startsWith(folder.toString())
                    && words.endsWith(argument + "\0");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void aSecondAgentLeavesTheSocketToTheFirst() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(1000);
            assertThatThrownBy(() -> cover.look(1000))
                    .isInstanceOf(SensorException.class)
                    .hasMessageEndingWith("another agent listens there");
            assertThat(cover.run("sh", "-c", "echo ran")).isEqualTo(new Cover.Ended(0, "ran\n"));
            Cover.await("the first one's events", () -> !cover.told().isEmpty());
        }
    }

    @Test
    void callThatASlowAgentHasInHandIsGivenBack() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(200);
            CountDownLatch stuck = new CountDownLatch(1);
            cover.onEvent(
                    event -> {
                        if (exec("/true").test(event)) {
                            hold(stuck);
                        }
                    });
            try {
                assertThat(cover.run("sh", "-c", "/bin/true; echo went on"))
                        .isEqualTo(new Cover.Ended(0, "went on\n"));
            } finally {
                stuck.countDown();
            }
        }
    }

    @Test
    void agentThatWasSlowHasTheCallsAgainAsSoonAsItIsBack() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(200);
            java.util.concurrent.atomic.AtomicBoolean slept =
                    new java.util.concurrent.atomic.AtomicBoolean();
            cover.onEvent(
                    event -> {
                        if (exec("/true").test(event) && slept.compareAndSet(false, true)) {
                            Cover.sleep(1000);
                        }
                    });
            Process process =
                    cover.program(
                                    "sh",
                                    "-c",
                                    "while [ ! -e %s/end ]; do /bin/true; done; echo ended"
                                            .formatted(folder))
                            .start();
            Cover.await("calls let pass", () -> sensor.count(SeccompCount.PASSED_UNSEEN) > 0);
            long before = cover.told().size();
            Cover.await("calls told again", () -> cover.told().size() > before + 10);
            Files.createFile(folder.resolve("end"));
            assertThat(Cover.end(process)).isEqualTo(new Cover.Ended(0, "ended\n"));
        }
    }

    /**
     * Whoever became another user hides from a keeper that has not CAP_SYS_PTRACE, as Docker's
     * containers have not: where he waits, and whose he is.
     */
    @Test
    void callOfAnotherUserIsGivenBackToo() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Cover cover = new Cover(folder, demand())) {
            cover.look(200);
            CountDownLatch stuck = new CountDownLatch(1);
            cover.onEvent(
                    event -> {
                        if (exec("/true").test(event)) {
                            hold(stuck);
                        }
                    });
            String becomes = "$) = '65534 65534'; $( = 65534; $< = $> = 65534; print $>, ' ';";
            ProcessBuilder program =
                    cover.program("perl", "-e", becomes + "system('/bin/true'); print 'went on'");
            program.command().addAll(0, List.of("setpriv", "--bounding-set=-sys_ptrace"));
            try {
                assertThat(Cover.end(program.start()))
                        .isEqualTo(new Cover.Ended(0, "65534 went on"));
            } finally {
                stuck.countDown();
            }
        }
    }

    private static void hold(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
