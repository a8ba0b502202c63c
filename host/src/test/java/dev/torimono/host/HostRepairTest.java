// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.procfs.StartTime;
import dev.torimono.model.Ancestor;
import dev.torimono.model.Event;
import dev.torimono.model.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the host learns from /proc: at start, and after lost records. */
class HostRepairTest {
    private static final long BOOT = 1_600_000_000_000_000_000L;

    @TempDir Path root;
    private final Records records = new Records();
    private ProcFixture proc;
    private Host host;

    @BeforeEach
    void start() throws IOException {
        proc = new ProcFixture(root);
        proc.process(1, 0, "init", 1, "/made/up/init");
        proc.process(300, 1, "a b) c", 500, "/made/up/sshd", "-D");
        proc.process(301, 300, "bash", 600, "/made/up/bash");
        host = new Host(HostConfig.at(root, root, BOOT));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void snapshotKnowsWhatAlreadyRuns() {
        host.snapshot();
        Task shell = Objects.requireNonNull(host.task(301));
        assertThat(host.lineage(shell))
                .extracting(Ancestor::cmdline)
                .containsExactly("bash", "a b) c -D", "init");
        assertThat(shell.startNs()).isEqualTo(StartTime.ofTicks(600));
        assertThat(shell.cloneTimeNs()).isEqualTo(BOOT + StartTime.ofTicks(600));
        assertThat(shell.credentials().uid()).isZero();
        assertThat(shell.realUid()).isEqualTo(1000);
        assertThat(shell.credentials().gid()).isEqualTo(5);
        assertThat(shell.vpid()).isEqualTo(3);
        assertThat(shell.vpgid()).isEqualTo(6);
        assertThat(shell.vsid()).isEqualTo(7);
        assertThat(shell.sid()).isEqualTo(301);
        assertThat(shell.cwd()).hasToString("/made/up/srv");
        assertThat(shell.pidNamespace()).isEqualTo(4026531836L);
        assertThat(shell.image().env()).extracting(Object::toString).contains("LANG=C");
        assertThat(shell.credentials().capEffective()).isEqualTo(0x1ff_ffff_ffffL);
    }

    @Test
    void recordsOfWhatTheSnapshotKnowsChangeNothing() {
        host.snapshot();
        Task before = Objects.requireNonNull(host.task(301));
        Task sshd = Objects.requireNonNull(host.task(300));
        int known = host.taskCount();
        host.observe(records.fork(301, StartTime.ofTicks(600) + 5, 300, StartTime.ofTicks(500)));
        assertThat(host.task(301)).isSameAs(before);
        assertThat(before.image().path()).hasToString("/made/up/bash");
        assertThat(sshd.children()).isEqualTo(1);
        assertThat(host.taskCount()).isEqualTo(known);
    }

    @Test
    void aParentThatEndsWhileItIsReadLeavesTheChildToWhoTookItIn() throws Exception {
        proc.process(310, 309, "orphan", 700, "/made/up/orphan");
        Path status = Files.createDirectories(root.resolve("309")).resolve("status");
        assertThat(new ProcessBuilder("mkfifo", status.toString()).start().waitFor()).isZero();
        // The read of the parent waits here until the parent's end has moved the child to init.
        Thread end =
                Thread.startVirtualThread(
                        () -> {
                            try (OutputStream held = Files.newOutputStream(status)) {
                                proc.process(310, 1, "orphan", 700, "/made/up/orphan");
                                held.flush();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });

        host.observe(records.fork(400, 7_000_000_001L, 310, StartTime.ofTicks(700)));

        end.join();
        assertThat(host.lineage(Objects.requireNonNull(host.task(310))))
                .extracting(Ancestor::name)
                .containsExactly("orphan", "init");
    }

    @Test
    void whatStartedAndEndedBeforeTheSnapshotIsInTheRecords() {
        host.snapshot();
        host.observe(records.fork(400, 7_000_000_001L, 301, StartTime.ofTicks(600)));
        host.observe(records.exec(400, 7_000_000_001L, 301, "/bin/true"));
        host.observe(records.exit(400, 400, 7_000_000_001L));
        host.tick(0);
        assertThat(host.task(400)).isNull();
        assertThat(host.counters().get(HostCounter.TASKS_REPAIRED)).isZero();
        assertThat(host.counters().get(HostCounter.TASKS_UNKNOWN)).isZero();
    }

    @Test
    void unknownTaskIsRepairedWithItsAncestors() {
        Task task = task(records.open(301, 301, StartTime.ofTicks(600) + 1234, "/etc/shadow"));
        assertThat(host.lineage(task)).extracting(Ancestor::pid).containsExactly(301L, 300L, 1L);
        assertThat(host.counters().get(HostCounter.TASKS_REPAIRED)).isEqualTo(1);
    }

    @Test
    void exactStartTimeReplacesTheOneOfProc() {
        host.snapshot();
        long exact = StartTime.ofTicks(600) + 1234;
        Task task = task(records.open(301, 301, exact, "/tmp/x"));
        assertThat(task.startNs()).isEqualTo(exact);
        assertThat(host.counters().get(HostCounter.PIDS_REUSED)).isZero();
    }

    @Test
    void processOfAnotherStartTimeIsNotTakenFromProc() {
        Task task = task(records.open(301, 301, StartTime.ofTicks(900), "/tmp/x"));
        assertThat(task.image().path().isEmpty()).isTrue();
        assertThat(task.startNs()).isEqualTo(StartTime.ofTicks(900));
        assertThat(host.task(301)).isNull();
        assertThat(host.counters().get(HostCounter.TASKS_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void repairsAreRationed() {
        host.close();
        host = new Host(HostConfig.at(root, root, BOOT).withLimits(100, 100, 64, 2));
        for (int i = 0; i < 5; i++) {
            host.observe(records.open(900 + i, 900 + i, 1, "/tmp/x"));
        }
        assertThat(host.counters().get(HostCounter.REPAIRS_SKIPPED)).isEqualTo(3);
        host.tick(2_000_000_000L);
        host.observe(records.open(301, 301, StartTime.ofTicks(600), "/tmp/x"));
        assertThat(host.task(301)).isNotNull();
    }

    @Test
    void threadsAreCountedOnceAcrossSnapshotAndRecords() throws IOException {
        proc.thread(302, 301, 601);
        host.snapshot();
        Task leader = Objects.requireNonNull(host.task(301));
        assertThat(leader.threads()).isEqualTo(2);
        host.observe(records.thread(302, 301, StartTime.ofTicks(600), 300));
        assertThat(leader.threads()).isEqualTo(2);
        host.observe(records.thread(303, 301, StartTime.ofTicks(600), 300));
        assertThat(leader.threads()).isEqualTo(3);
        Task thread = task(records.open(302, 301, StartTime.ofTicks(600), "/tmp/x"));
        assertThat(thread.leader()).isSameAs(leader);
        assertThat(thread.image()).isSameAs(leader.image());
    }

    @Test
    void threadNamedAsParentStandsForItsProcess() throws IOException {
        proc.thread(302, 301, 601);
        Task child = task(records.exec(500, 9_000_000_001L, 302, "/bin/true"));
        assertThat(child.parent()).isSameAs(host.task(301));
        assertThat(Objects.requireNonNull(host.task(302)).isLeader()).isFalse();
    }

    @Test
    void sweepDropsTasksWhoseExitWasLost() throws IOException {
        host.snapshot();
        proc.end(301);
        for (int second = 1; second < 5; second++) {
            host.tick(second * 1_000_000_000L);
        }
        assertThat(host.task(301)).isNull();
        assertThat(host.task(300)).isNotNull();
        assertThat(host.counters().get(HostCounter.EXITS_MISSED)).isEqualTo(1);
    }

    @Test
    void cgroupOfAMovedTaskIsReadOncePerCgroup() throws IOException {
        host.snapshot();
        String id = "ab".repeat(32);
        proc.cgroup(301, "12:pids:/docker/" + id + "\n0::/\n");
        byte[] context = Records.context(301, StartTime.ofTicks(600), 4711, 0);
        for (int i = 0; i < 3; i++) {
            Task task = task(records.openIn(301, context, 3, "/tmp/x"));
            assertThat(Objects.requireNonNull(task.container()).fullId()).isEqualTo(id);
        }
        assertThat(host.counters().get(HostCounter.CGROUPS_READ)).isEqualTo(1);
    }

    private Task task(Event event) {
        return Objects.requireNonNull(host.observe(event).task());
    }
}
