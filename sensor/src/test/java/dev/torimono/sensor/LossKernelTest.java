// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

@KernelTest
class LossKernelTest {
    private static final EventType OPEN = EventType.symbol("SYSCALL_OPEN_X");
    private static final EventType UNSHARE = EventType.symbol("SYSCALL_UNSHARE_X");
    private static final EventType EXEC = EventType.symbol("SYSCALL_EXECVE_19_X");

    private static Demand opensOnly() {
        BitSet types = new BitSet();
        types.set(OPEN.code());
        return new Demand(types, false);
    }

    @Test
    void floodLosesItsOwnKindAndIsCountedByType() throws Exception {
        SensorConfig tiny = new SensorConfig(1 << 20, 1 << 14, true);
        try (Stage stage = new Stage(tiny, opensOnly())) {
            KernelSensor sensor = stage.sensor();
            Process flood = new ProcessBuilder(Actor.binary().toString(), "flood", "/tmp").start();
            assertThat(flood.waitFor()).isZero();

            assertThat(sensor.lost(OPEN)).isBetween(1000L, 5000L);
            assertThat(sensor.lost(EXEC)).as("the other ring is untouched").isZero();
            assertThat(sensor.lostTotal()).isGreaterThanOrEqualTo(sensor.lost(OPEN));
            stage.await(e -> e.tid() == flood.pid() && e.type().symbol().equals("PROCEXIT_1_E"));
            long told = stage.events().stream().filter(e -> e.type() == OPEN).count();
            assertThat(told + sensor.lost(OPEN)).as("told or counted").isGreaterThanOrEqualTo(5000);
        } finally {
            Files.deleteIfExists(Path.of("/tmp/flood"));
        }
    }

    @Test
    void floodOfOneCgroupLeavesRoomForOthersAndIsBlamed() throws Exception {
        SensorConfig small = new SensorConfig(1 << 20, 1 << 18, true, 100);
        Path cgroup = cgroup();
        try (Stage stage = new Stage(small, opensOnly())) {
            // Nobody reads meanwhile.
            Process flood = start(cgroup, "flood");
            assertThat(flood.waitFor()).isZero();
            Process other =
                    new ProcessBuilder(Actor.binary().toString(), "flood-a-bit", "/tmp").start();
            assertThat(other.waitFor()).isZero();

            List<Loss> losses = stage.sensor().losses();
            assertThat(losses)
                    .singleElement()
                    .satisfies(
                            loss -> {
                                assertThat(loss.type()).isEqualTo(OPEN);
                                assertThat(loss.pid()).isEqualTo(flood.pid());
                                assertThat(loss.cgroup()).isEqualTo(inode(cgroup));
                                assertThat(loss.count()).isEqualTo(stage.sensor().lost(OPEN));
                                assertThat(loss.count()).isBetween(3000L, 5000L);
                            });
            stage.await(e -> e.tid() == other.pid() && e.type().symbol().equals("PROCEXIT_1_E"));
            assertThat(
                            stage.events().stream()
                                    .filter(e -> e.type() == OPEN && e.tid() == other.pid()))
                    .as("the other's are all there")
                    .hasSizeGreaterThanOrEqualTo(50);
        } finally {
            Files.deleteIfExists(Path.of("/tmp/flood"));
            Files.deleteIfExists(cgroup);
        }
    }

    /** A fork bomb may not hide who is executed elsewhere, nor who is executed by itself. */
    @Test
    void forksOfOneCgroupLeaveRoomForTheProcessesOfOthersAndAreBlamed() throws Exception {
        SensorConfig small = new SensorConfig(1 << 18, 1 << 18, true, 100);
        Path cgroup = cgroup();
        try (Stage stage = new Stage(small, opensOnly())) {
            // Nobody reads meanwhile.
            Process bomb = start(cgroup, "forks");
            assertThat(bomb.waitFor()).isZero();
            Process within = start(cgroup, "flood-a-bit");
            assertThat(within.waitFor()).isZero();
            Process other =
                    new ProcessBuilder(Actor.binary().toString(), "flood-a-bit", "/tmp").start();
            assertThat(other.waitFor()).isZero();

            List<Loss> losses = stage.sensor().losses();
            assertThat(losses)
                    .as("forks and ends of forks, by the bomb's cgroup alone")
                    .isNotEmpty()
                    .allSatisfy(
                            loss -> {
                                assertThat(loss.cgroup()).isEqualTo(inode(cgroup));
                                assertThat(loss.type()).isNotEqualTo(EXEC);
                            });
            assertThat(losses.stream().mapToLong(Loss::count).sum())
                    .isBetween(4000L, 6100L)
                    .isEqualTo(stage.sensor().lostTotal());
            stage.await(e -> e.tid() == other.pid() && e.type().symbol().equals("PROCEXIT_1_E"));
            for (Process told : List.of(bomb, within, other)) {
                assertThat(
                                stage.events().stream()
                                        .filter(e -> e.type() == EXEC && e.tid() == told.pid()))
                        .as("the execs of " + told.pid())
                        .isNotEmpty();
            }
        } finally {
            Files.deleteIfExists(cgroup);
        }
    }

    /** The actor plays a scene in a cgroup. */
    private static Process start(Path cgroup, String scene) throws Exception {
        return new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "echo $$ > " + cgroup + "/cgroup.procs && exec \"$@\"",
                        "sh",
                        Actor.binary().toString(),
                        scene,
                        "/tmp")
                .start();
    }

    /** What changes identities and namespaces is not on the ring that floods fill. */
    @Test
    void vitalCallsAreToldBesideAFlood() throws Exception {
        BitSet types = new BitSet();
        types.set(OPEN.code());
        types.set(UNSHARE.code());
        SensorConfig tiny = new SensorConfig(1 << 20, 1 << 14, true);
        try (Stage stage = new Stage(tiny, new Demand(types, false))) {
            Process flood = new ProcessBuilder(Actor.binary().toString(), "flood", "/tmp").start();
            assertThat(flood.waitFor()).isZero();
            Process other =
                    new ProcessBuilder(Actor.binary().toString(), "unshare", "/tmp").start();
            assertThat(other.waitFor()).isZero();
            stage.await(e -> e.tid() == other.pid() && e.type() == UNSHARE);
            assertThat(stage.sensor().lost(OPEN)).isPositive();
            assertThat(stage.sensor().lost(UNSHARE)).isZero();
        } finally {
            Files.deleteIfExists(Path.of("/tmp/flood"));
        }
    }

    private static long inode(Path path) throws IOException {
        return (long) Files.getAttribute(path, "unix:ino");
    }

    /** One of its own, where containers are told apart by. */
    private static Path cgroup() throws IOException {
        Path v1 = Path.of("/sys/fs/cgroup/pids");
        Path root = Files.isDirectory(v1) ? v1 : Path.of("/sys/fs/cgroup");
        return Files.createDirectory(
                root.resolve("torimono-test-" + ProcessHandle.current().pid()));
    }

    @Test
    void unwantedCallsAreNotTold() throws Exception {
        try (Stage stage = new Stage(SensorConfig.DEFAULT, opensOnly())) {
            Scene scene = stage.play("dup");
            assertThat(scene.all("SYSCALL_OPEN_X")).isNotEmpty();
            assertThat(scene.all("SYSCALL_DUP_1_X")).isEmpty();
            assertThat(scene.all("SYSCALL_FCNTL_X")).isEmpty();
        }
    }

    @Test
    void demandCanChangeWhileItRuns() throws Exception {
        try (Stage stage = new Stage(SensorConfig.DEFAULT, opensOnly())) {
            assertThat(stage.play("dup").all("SYSCALL_DUP_1_X")).isEmpty();
            stage.sensor().subscribe(Demand.everything());
            assertThat(stage.play("dup").all("SYSCALL_DUP_1_X")).hasSize(2);
            stage.sensor().subscribe(opensOnly());
            assertThat(stage.play("dup").all("SYSCALL_DUP_1_X")).isEmpty();
        }
    }
}
