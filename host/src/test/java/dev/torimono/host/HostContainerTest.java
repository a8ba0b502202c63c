// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.docker.FakeDocker;
import dev.torimono.model.Container;
import dev.torimono.model.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers from first sight to their runtime's answer, against a daemon made by hand. */
class HostContainerTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String IMAGE = "registry:5000/team/web:1.2";

    @TempDir Path folder;
    private final Records records = new Records();
    private Path socket;
    private @Nullable FakeDocker docker;
    private Host host;
    private long now;

    @BeforeEach
    void start() throws IOException {
        // Present in /proc, so that the sweep lets them live.
        Files.createDirectories(folder.resolve("1"));
        Files.createDirectories(folder.resolve("50"));
        socket = folder.resolve("docker.sock");
        host = new Host(HostConfig.at(folder, folder, 1).withDockerSockets(List.of(socket)));
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    void containerIsPendingUntilItsRuntimeAnswers() throws Exception {
        FakeDocker daemon = daemon();
        Task task = execIn("/docker/" + ID);
        assertThat(container(task).pending()).isTrue();
        assertThat(container(task).id()).isEqualTo("0123456789ab");
        daemon.describe(ID, "shop", IMAGE);
        daemon.event("start", ID);
        await(() -> container(task).name().equals("shop"));
        assertThat(container(task).pending()).isFalse();
        assertThat(container(task).imageTag()).isEqualTo("1.2");
    }

    @Test
    void firstSightAsksTheRuntime() throws Exception {
        daemon().describe(ID, "shop", IMAGE);
        Task task = execIn("/system.slice/docker-" + ID + ".scope");
        await(() -> !container(task).pending());
        assertThat(container(task).name()).isEqualTo("shop");
        assertThat(host.counters().get(HostCounter.CONTAINERS_SEEN)).isEqualTo(1);
    }

    @Test
    void runningContainersAreListedAtStart() throws Exception {
        docker = new FakeDocker(socket).container(ID, "shop", IMAGE);
        await(() -> !host.containers().isEmpty());
        Task task = execIn("/docker/" + ID);
        assertThat(container(task).name()).isEqualTo("shop");
    }

    @Test
    void podUidOfThePathIsKept() throws Exception {
        daemon().describe(ID, "shop", IMAGE);
        String uid = "8f3e6a52-10b1-4c0e-9d53-3b0c7c5d2a11";
        Task task = execIn("/kubepods/burstable/pod" + uid + "/" + ID);
        assertThat(Objects.requireNonNull(container(task).pod()).uid()).isEqualTo(uid);
        await(() -> !container(task).pending());
        assertThat(Objects.requireNonNull(container(task).pod()).uid()).isEqualTo(uid);
        assertThat(container(task).runtime()).isEqualTo("docker");
    }

    @Test
    void unknownContainerStopsBeingPending() throws Exception {
        daemon();
        Task task = execIn("/docker/" + ID);
        await(() -> !container(task).pending());
        assertThat(container(task).name()).isEmpty();
        assertThat(host.counters().get(HostCounter.CONTAINERS_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void containerThatIsGoneIsTakenFromTheEventOfItsCreation() throws Exception {
        FakeDocker daemon = daemon();
        Task task = execIn("/docker/" + ID);
        daemon.event("create", ID, "short");
        await(() -> !container(task).pending());
        assertThat(container(task).name()).isEqualTo("short");
        assertThat(container(task).imageRepository()).isEqualTo("shop/web");
        assertThat(container(task).imageTag()).isEqualTo("2");
    }

    @Test
    void absentRuntimeLeavesNothingPending() throws Exception {
        Task task = execIn("/docker/" + ID);
        await(() -> !container(task).pending());
        assertThat(host.runtimeFailures()).isEmpty();
    }

    @Test
    void restartedRuntimeIsFoundAgain() throws Exception {
        FakeDocker first = daemon();
        first.close();
        await(() -> host.counters().get(HostCounter.RUNTIME_FAILURES) > 0);
        daemon().describe(ID, "shop", IMAGE);
        Task task = execIn("/docker/" + ID);
        await(() -> !container(task).pending());
        assertThat(container(task).name()).isEqualTo("shop");
    }

    @Test
    void hangingRuntimeDoesNotHoldThePipeline() throws Exception {
        daemon().hang(true);
        long before = System.nanoTime();
        Task task = execIn("/docker/" + ID);
        for (int i = 0; i < 1000; i++) {
            host.observe(records.open(50, 50, 100, "/tmp/x"));
        }
        host.tick(1);
        assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
        assertThat(container(task).pending()).isTrue();
    }

    @Test
    void removedContainerIsForgottenWhenNoTaskUsesIt() throws Exception {
        FakeDocker daemon = daemon().describe(ID, "shop", IMAGE);
        Task task = execIn("/docker/" + ID);
        await(() -> !container(task).pending());
        daemon.event("destroy", ID);
        await(() -> collected() && host.containers().size() == 1);
        host.observe(records.exit(50, 50, 100));
        await(() -> collected() && host.containers().isEmpty());
        assertThat(host.counters().get(HostCounter.CONTAINERS_FORGOTTEN)).isEqualTo(1);
    }

    private FakeDocker daemon() throws Exception {
        FakeDocker fresh = new FakeDocker(socket);
        fresh.answer("/containers/json", "[]");
        docker = fresh;
        await(fresh::hasListener);
        return fresh;
    }

    private Task execIn(String cgroup) {
        host.observe(records.exec(1, 1, 0, "/sbin/init"));
        return Objects.requireNonNull(
                host.observe(records.execIn(cgroup, 99, 50, 100, 1, "/bin/sh").event()).task());
    }

    private static Container container(Task task) {
        return Objects.requireNonNull(task.container());
    }

    private boolean collected() {
        now += 10_000_000_000L;
        host.tick(now);
        return true;
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 6000; i++) {
            host.tick(now);
            if (condition.getAsBoolean()) {
                return;
            }
            Thread.sleep(10);
        }
        throw new AssertionError("waited in vain; " + host.counters());
    }
}
