// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.torimono.model.Event;
import dev.torimono.model.Task;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostMemoryTest {
    private static final int ROUNDS = 20_000;

    @TempDir Path proc;
    private final Records records = new Records();
    private Host host;

    @BeforeEach
    void start() {
        host = new Host(HostConfig.at(proc, proc, 1));
        host.observe(records.exec(1, 1, 0, "/sbin/init"));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void forkAndExecInALoopLeavesNothingBehind() {
        for (int i = 0; i < ROUNDS; i++) {
            long pid = 100L + i % 30_000;
            host.observe(records.fork(pid, 1000 + i, 1, 1));
            host.observe(records.exec(pid, 1000 + i, 1, "/bin/true", "x" + i % 10));
            host.observe(records.exit(pid, pid, 1000 + i));
        }
        host.tick(0);
        assertThat(host.taskCount()).isEqualTo(1);
        assertThat(Objects.requireNonNull(host.task(1)).children()).isZero();
        assertThat(host.counters().get(HostCounter.EXITS)).isEqualTo(ROUNDS);
        assertThat(host.counters().get(HostCounter.TASKS_UNKNOWN)).isZero();
    }

    @Test
    void chainOfForksKeepsABoundedPast() {
        long parent = 1;
        long parentStart = 1;
        Task last = null;
        for (int i = 0; i < ROUNDS; i++) {
            long pid = 100L + i % 30_000;
            last = host.observe(records.fork(pid, 1000 + i, parent, parentStart)).task();
            if (parent != 1) {
                host.observe(records.exit(parent, parent, parentStart));
            }
            parent = pid;
            parentStart = 1000L + i;
        }
        host.tick(0);
        assertThat(host.taskCount()).isEqualTo(2);
        // The process, the ended ancestors kept, and init.
        assertThat(host.lineage(Objects.requireNonNull(last))).hasSizeBetween(60, 67);
        assertThat(host.lineage(last).getLast().pid()).isEqualTo(1);
        assertThat(host.counters().get(HostCounter.LINEAGES_CUT)).isGreaterThan(ROUNDS - 100);
    }

    @Test
    void fullTableRefusesAndSaysSo() {
        host.close();
        host = new Host(HostConfig.at(proc, proc, 1).withLimits(10, 10, 64, 10));
        for (int i = 0; i < 20; i++) {
            host.observe(records.exec(100 + i, 1000 + i, 0, "/bin/sleep"));
        }
        assertThat(host.taskCount()).isEqualTo(10);
        assertThat(host.counters().get(HostCounter.TASKS_REFUSED)).isEqualTo(10);
    }

    @Test
    void eventsThatChangeNoTaskAllocateNothing() {
        host.observe(records.fork(50, 100, 1, 1));
        host.observe(records.execIn("/docker/" + "c".repeat(64), 9, 50, 100, 1, "/a").event());
        byte[] context = Records.context(50, 100, 9, 0);
        Event open = records.openIn(50, context, 3, "/etc/passwd");
        Event failed = records.openIn(50, context, -2, "/etc/nothing");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < 20_000; i++) {
            host.observe(open);
            host.observe(failed);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            host.observe(open);
            host.observe(failed);
        }
        // A few kilobytes belong to the measurement; one object an event would be 160 000 bytes.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(16_000);
    }
}
