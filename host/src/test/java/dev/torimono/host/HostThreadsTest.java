// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Task;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostThreadsTest {
    @TempDir Path proc;
    private final Records records = new Records();
    private Host host;
    private Task leader;

    @BeforeEach
    void start() {
        host = new Host(HostConfig.at(proc, proc, 1));
        host.observe(records.exec(1, 1, 0, "/sbin/init"));
        host.observe(records.fork(70, 700, 1, 1));
        host.observe(records.exec(70, 700, 1, "/usr/bin/java"));
        host.observe(records.thread(71, 70, 700, 1));
        host.observe(records.thread(72, 70, 700, 1));
        leader = Objects.requireNonNull(host.task(70));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void processOutlivesTheThreadThatStartedIt() {
        host.observe(records.exit(70, 70, 700));
        host.tick(0);
        assertThat(host.task(70)).isSameAs(leader);
        assertThat(leader.isAlive()).isTrue();
        host.observe(records.exit(71, 70, 700));
        host.observe(records.exit(72, 70, 700));
        host.tick(0);
        assertThat(host.task(70)).isNull();
        assertThat(leader.isAlive()).isFalse();
    }

    @Test
    void execLeavesOneThread() {
        host.observe(records.exec(70, 700, 1, "/bin/sh"));
        assertThat(host.task(71)).isNull();
        assertThat(host.task(72)).isNull();
        assertThat(leader.threads()).isEqualTo(1);
        assertThat(host.task(70)).isSameAs(leader);
    }

    @Test
    void execByAnotherThreadKeepsTheProcess() {
        // The kernel lets the leader exit first, then the thread takes its id.
        host.observe(records.exit(70, 70, 700));
        host.observe(records.exit(72, 70, 700));
        host.observe(records.exec(70, 700, 1, "/bin/sh"));
        assertThat(host.task(70)).isSameAs(leader);
        assertThat(leader.comm()).hasToString("sh");
        assertThat(leader.isAlive()).isTrue();
        assertThat(host.task(71)).isNull();
        host.observe(records.exit(70, 70, 700));
        host.tick(0);
        assertThat(host.task(70)).isNull();
    }

    @Test
    void childOfAThreadIsAChildOfItsProcess() {
        Task child = Objects.requireNonNull(host.observe(records.fork(90, 900, 71, 700)).task());
        assertThat(child.parent()).isSameAs(leader);
        assertThat(leader.children()).isEqualTo(1);
        host.observe(records.exit(90, 90, 900));
        host.tick(0);
        assertThat(leader.children()).isZero();
    }

    @Test
    void threadWhoseCloneWasLostIsTakenInByItsFirstEvent() {
        Task thread = Objects.requireNonNull(host.observe(records.open(75, 70, 700, "/x")).task());
        assertThat(thread.leader()).isSameAs(leader);
        assertThat(leader.threads()).isEqualTo(4);
        assertThat(host.task(75)).isSameAs(thread);
    }
}
