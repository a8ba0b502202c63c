// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Container;
import dev.torimono.model.Task;
import dev.torimono.model.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The same against a daemon that runs here; {@code DOCKER_HOST} may name its socket. */
class RealDockerTest {
    private static final String UNIX = "unix://";

    @Test
    void containerThatRunsIsDescribed() throws Exception {
        Path socket = socket();
        assumeTrue(Files.exists(socket), "no Docker daemon listens at " + socket);
        List<String> images = docker(socket, "images", "-q");
        assumeTrue(!images.isEmpty(), "the Docker daemon at " + socket + " has no image");
        String name = "torimono-host-test-" + ProcessHandle.current().pid();
        docker(
                socket,
                "run",
                "-d",
                "--rm",
                "--network",
                "none",
                "--label",
                "by=torimono",
                "--name",
                name,
                images.getFirst(),
                "sleep",
                "60");
        try (Host host = new Host(HostConfig.live().withDockerSockets(List.of(socket)))) {
            String format = "{{.State.Pid}}";
            long pid = Long.parseLong(docker(socket, "inspect", "-f", format, name).getFirst());
            host.snapshot();
            Task task = Objects.requireNonNull(host.task(pid));
            await(host, () -> !Objects.requireNonNull(task.container()).pending());
            Container container = Objects.requireNonNull(task.container());
            assertThat(container.name()).isEqualTo(name);
            assertThat(container.runtime()).isEqualTo("docker");
            assertThat(container.labels()).containsEntry("by", "torimono");
            assertThat(container.imageId()).startsWith(images.getFirst());
            assertThat(container.privileged()).isFalse();
            assertThat(host.lineage(task).getFirst().containerId()).isEqualTo(container.id());
            assertThat(host.accounts().user(container, 0)).extracting(User::uid).isEqualTo(0L);
        } finally {
            docker(socket, "rm", "-f", name);
        }
    }

    private static Path socket() {
        String host = Objects.requireNonNullElse(System.getenv("DOCKER_HOST"), "");
        return Path.of(
                host.startsWith(UNIX) ? host.substring(UNIX.length()) : "/var/run/docker.sock");
    }

    private static List<String> docker(Path socket, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker", "-H", UNIX + socket));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as("%s: %s", command, lines).isZero();
        return lines;
    }

    private static void await(Host host, BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            host.tick(i);
            Thread.sleep(10);
        }
        assertThat(condition.getAsBoolean()).as("%s", host.counters()).isTrue();
    }
}
