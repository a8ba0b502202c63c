// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.container.RuntimeClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeSocketsTest {
    @TempDir private Path folder;

    @Test
    void pathNamesTheRuntimeAndLinksCountOnce() throws IOException {
        Files.createFile(folder.resolve("docker.sock"));
        List<RuntimeClient> clients =
                RuntimeSockets.docker(
                        List.of(
                                folder.resolve("docker.sock"),
                                folder.resolve("../" + folder.getFileName() + "/docker.sock"),
                                folder.resolve("podman.sock")));
        assertThat(clients).hasSize(2);
        assertThat(clients.getFirst().answersFor("docker")).isTrue();
        assertThat(clients.getFirst().present()).isTrue();
        assertThat(clients.getLast().answersFor("podman")).isTrue();
        assertThat(clients.getLast().present()).isFalse();
    }

    @Test
    void criSocketIsContainerdsUnlessItNamesCrio() {
        List<RuntimeClient> clients =
                RuntimeSockets.clients(
                        List.of(folder.resolve("docker.sock")),
                        List.of(folder.resolve("c.sock"), folder.resolve("crio.sock")));
        assertThat(clients).hasSize(3);
        assertThat(clients.get(1).answersFor("containerd")).isTrue();
        assertThat(clients.get(2).answersFor("cri-o")).isTrue();
    }

    @Test
    void usualPlacesCoverEveryRuntime() {
        List<RuntimeClient> clients = RuntimeSockets.defaults();
        for (String runtime : List.of("docker", "podman", "containerd", "cri-o")) {
            assertThat(clients).anyMatch(client -> client.answersFor(runtime));
        }
    }
}
