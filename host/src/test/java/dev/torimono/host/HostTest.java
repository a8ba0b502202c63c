// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Ancestor;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTest {
    private static final String CID = "4d2f3b8c1e".repeat(6) + "abcd";

    @TempDir Path proc;
    private final Records records = new Records();
    private Host host;

    @BeforeEach
    void start() {
        host = new Host(HostConfig.at(proc, proc, 1_000_000_000_000_000_000L));
        host.observe(records.exec(1, 1, 0, "/sbin/init"));
        host.observe(records.fork(50, 100, 1, 1));
        host.observe(records.exec(50, 100, 1, "/bin/bash", "-l"));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void execRuleSeesTheNewImage() {
        Task task = task(records.exec(50, 100, 1, "/usr/bin/id", "-u"));
        assertThat(task.comm()).hasToString("id");
        assertThat(task.image().path()).hasToString("/usr/bin/id");
        assertThat(task.image().args()).extracting(Object::toString).containsExactly("-u");
    }

    @Test
    void forkSharesImageAndCredentialsWithItsParent() {
        Task child = task(records.fork(51, 200, 50, 100));
        Task parent = Objects.requireNonNull(host.task(50));
        assertThat(child.image()).isSameAs(parent.image());
        assertThat(child.credentials()).isSameAs(parent.credentials());
        assertThat(child.parent()).isSameAs(parent);
        assertThat(parent.children()).isEqualTo(1);
    }

    @Test
    void foreseenExecChangesNothing() {
        Task before = Objects.requireNonNull(host.task(50));
        Observation foreseen = host.foresee(records.exec(50, 100, 1, "/usr/bin/id", "-u"));
        Task then = Objects.requireNonNull(foreseen.task());
        assertThat(then.image().path()).hasToString("/usr/bin/id");
        assertThat(then.parent()).isSameAs(before.parent());
        assertThat(host.task(50)).isSameAs(before);
        assertThat(before.image().path()).hasToString("/bin/bash");
    }

    @Test
    void exitTakesEffectOnlyAfterItsObservation() {
        Task leaving = task(records.exit(50, 50, 100));
        assertThat(leaving.isAlive()).isTrue();
        assertThat(host.task(50)).isSameAs(leaving);
        host.tick(0);
        assertThat(host.task(50)).isNull();
        assertThat(leaving.isAlive()).isFalse();
    }

    @Test
    void lineageKeepsAnExitedParent() {
        host.observe(records.fork(51, 200, 50, 100));
        host.observe(records.exec(51, 200, 50, "/usr/bin/python3", "x.py"));
        host.observe(records.exit(50, 50, 100));
        Task child = task(records.open(51, 51, 200, "/etc/shadow"));
        assertThat(host.lineage(child))
                .extracting(Ancestor::cmdline)
                .containsExactly("python3 x.py", "bash -l", "init");
    }

    @Test
    void alertsOfOneParentShareItsCommandLine() {
        host.observe(records.fork(51, 200, 50, 100));
        Task child = task(records.open(51, 51, 200, "/etc/shadow"));
        String before = host.lineage(child).get(1).cmdline();
        assertThat(host.lineage(child).get(1).cmdline()).isSameAs(before);
        host.observe(records.exec(50, 100, 1, "/usr/bin/sleep", "9"));
        assertThat(host.lineage(child).get(1).cmdline()).isEqualTo("sleep 9");
    }

    @Test
    void lineageIsRightAfterTheParentsPidWasReused() {
        host.observe(records.fork(51, 200, 50, 100));
        host.observe(records.exit(50, 50, 100));
        host.observe(records.fork(50, 900, 1, 1));
        host.observe(records.exec(50, 900, 1, "/usr/bin/stranger"));
        Task child = task(records.open(51, 51, 200, "/tmp/x"));
        assertThat(host.lineage(child))
                .extracting(Ancestor::name)
                .containsExactly("bash", "bash", "init");
    }

    @Test
    void reusedPidIsAnotherProcessEvenWhenItsForkWasLost() {
        Task before = Objects.requireNonNull(host.task(50));
        Task after = task(records.open(50, 50, 7777, "/tmp/x"));
        assertThat(after).isNotSameAs(before);
        assertThat(after.image().path().isEmpty()).isTrue();
        assertThat(host.counters().get(HostCounter.PIDS_REUSED)).isEqualTo(1);
        assertThat(host.counters().get(HostCounter.TASKS_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void execWithoutItsForkIsTakenInWithItsParent() {
        Task task = task(records.exec(60, 300, 50, "/usr/bin/curl"));
        assertThat(task.parent()).isSameAs(host.task(50));
        assertThat(host.task(60)).isSameAs(task);
    }

    @Test
    void containerIdComesFromTheExecsCgroupPath() {
        Event event = records.execIn("/docker/" + CID, 99, 50, 100, 1, "/bin/sh").event();
        Task task = task(event);
        assertThat(Objects.requireNonNull(task.container()).fullId()).isEqualTo(CID);
        assertThat(host.lineage(task).getFirst().containerId()).isEqualTo(CID.substring(0, 12));
        assertThat(host.lineage(task).getLast().containerId()).isEqualTo("host");
    }

    @Test
    void openCarriesTheResolvedFile() {
        Observation observation = host.observe(records.open(50, 50, 100, "/etc/shadow"));
        var fd = Objects.requireNonNull(observation.fd());
        assertThat(new String(fd.name(), 0, fd.nameLength())).isEqualTo("/etc/shadow");
        assertThat(fd.number()).isEqualTo(3);
        assertThat(fd.inode()).isEqualTo(4242);
        assertThat(observation.task()).isSameAs(host.task(50));
    }

    @Test
    void containerIdComesFromTheSchemasCgroupsToo() {
        Event event =
                records.at(Records.EXECVE, 50)
                        .number("res", 0)
                        .text("exe", "/bin/sh")
                        .texts(
                                "cgroups",
                                List.of("cpu=/", "memory=/docker/x", "pids=/docker/" + CID))
                        .event();
        assertThat(Objects.requireNonNull(task(event).container()).fullId()).isEqualTo(CID);
    }

    @Test
    void execInAKnownCgroupParsesNoPath() {
        host.observe(records.execIn("/docker/" + CID, 99, 50, 100, 1, "/bin/sh").event());
        Task task = task(records.execIn("", 99, 50, 100, 1, "/bin/id").event());
        assertThat(Objects.requireNonNull(task.container()).fullId()).isEqualTo(CID);
        assertThat(task.cgroup()).hasToString("/docker/" + CID);
    }

    @Test
    void reaperOfAnOrphanIsNotItsParent() {
        host.observe(records.fork(51, 200, 50, 100));
        host.observe(records.exit(50, 50, 100));
        // The kernel names the reaper from now on.
        Task orphan = task(records.exec(51, 200, 1, "/usr/bin/nc"));
        assertThat(Objects.requireNonNull(orphan.parent()).comm()).hasToString("bash");
        assertThat(orphan.parentTid()).isEqualTo(50);
    }

    @Test
    void lineageNamesUsers() throws IOException {
        Files.createDirectories(proc.resolve("host/etc"));
        Files.writeString(proc.resolve("host/etc/passwd"), "www:x:33:33::/:/bin/false\n");
        host.close();
        host = new Host(HostConfig.at(proc, proc.resolve("host"), 5));
        Event event = records.execIn("/", 1, 50, 100, 1, "/bin/sh").number("uid", 33).event();
        Ancestor shell = host.lineage(task(event)).getFirst();
        assertThat(shell.user()).isEqualTo("www");
        assertThat(shell.uid()).isEqualTo(33);
        assertThat(shell.tty()).isEmpty();
        assertThat(shell.exe()).isEqualTo("/bin/sh");
        assertThat(shell.startTimeNs()).isEqualTo(event.timestampNs());
    }

    private Task task(Event event) {
        return Objects.requireNonNull(host.observe(event).task());
    }
}
