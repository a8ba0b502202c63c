// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static dev.torimono.sensor.seccomp.Told.demand;
import static dev.torimono.sensor.seccomp.Told.open;
import static dev.torimono.sensor.seccomp.Told.opens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Enforcement;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.HeldExec;
import dev.torimono.sensor.KernelTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are refused, whose callers are ended, or that wait on. */
@KernelTest
class HeldCallsTest {
    @TempDir private Path folder;

    private static boolean refused(Event event) {
        return event.type().name().equals("execve") && event.number(0) == -1;
    }

    @Test
    void refusedOpenFailsAndLeavesNothing() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            SeccompSensor sensor = cover.look(1000);
            Enforcement arm = sensor.enforcement();
            cover.onEvent(
                    event -> {
                        if (open("/evil").test(event)) {
                            arm.refuse(event);
                        }
                    });
            Cover.Ended ended = cover.run("sh", "-c", "cd %s; echo >evil".formatted(folder));
            assertThat(ended.out()).contains("Operation not permitted");
            assertThat(folder.resolve("evil")).doesNotExist();
            assertThat(sensor.count(SeccompCount.REFUSED)).isEqualTo(1);
        }
    }

    @Test
    void killedCallerNeverMakesItsCall() throws Exception {
        try (Cover cover = new Cover(folder, opens())) {
            SeccompSensor sensor = cover.look(1000);
            Enforcement arm = sensor.enforcement();
            cover.onEvent(
                    event -> {
                        if (open("/evil").test(event)) {
                            int context = event.extension(Extension.CONTEXT);
                            arm.settle(
                                    Integer.toUnsignedLong(event.u32At(context, 0)),
                                    event.u64At(context, 8),
                                    true);
                        }
                    });
            Cover.Ended ended =
                    cover.run("sh", "-c", "cd %s; echo >evil; echo alive".formatted(folder));
            assertThat(ended.exit()).isEqualTo(128 + 9);
            assertThat(ended.out()).isEmpty();
            assertThat(folder.resolve("evil")).doesNotExist();
        }
    }

    @Test
    void judgeOfExecsSeesYoungFilesAndCanRefuse() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(1000);
            List<String> young = new java.util.concurrent.CopyOnWriteArrayList<>();
            sensor.enforcement()
                    .judge(
                            (HeldExec exec) -> {
                                boolean drifted = exec.file().is(dev.torimono.model.Fd.UPPER_LAYER);
                                if (drifted) {
                                    young.add(exec.file().path().toString());
                                }
                                return drifted
                                        ? Enforcement.Answer.REFUSE
                                        : Enforcement.Answer.PASS;
                            });
            Path copy = folder.resolve("copied");
            // In the file system that holds the root, as far as the machine's temporary folder is.
            boolean sameMount = Files.getFileStore(folder).equals(Files.getFileStore(Path.of("/")));
            Cover.Ended ended = cover.run("sh", "-c", "cp /bin/true %s; %s".formatted(copy, copy));
            org.junit.jupiter.api.Assumptions.assumeTrue(sameMount, "a mount of its own");
            assertThat(ended.exit()).isEqualTo(126);
            assertThat(young).containsExactly(copy.toRealPath().toString());
        }
    }

    @Test
    void execOfWhichTooLittleIsKnownWaitsUntilItIsJudged() throws Exception {
        try (Cover cover = new Cover(folder, demand())) {
            SeccompSensor sensor = cover.look(1000);
            java.util.concurrent.atomic.AtomicInteger asked =
                    new java.util.concurrent.atomic.AtomicInteger();
            sensor.enforcement()
                    .judge(
                            (HeldExec exec) -> {
                                if (!exec.file().path().toString().endsWith("/true")) {
                                    return Enforcement.Answer.PASS;
                                }
                                return asked.incrementAndGet() < 5
                                        ? Enforcement.Answer.WAIT
                                        : Enforcement.Answer.REFUSE;
                            });
            Cover.Ended ended = cover.run("sh", "-c", "/bin/true & /bin/echo meanwhile; wait");
            assertThat(ended.out()).contains("meanwhile").contains("Operation not permitted");
            assertThat(asked).hasValue(5);
            assertThat(cover.told().stream().filter(HeldCallsTest::refused)).hasSize(1);
        }
    }
}
