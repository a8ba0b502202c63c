// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLockTest {
    @TempDir private Path folder;

    @Test
    void secondIsRefusedWithThePidOfTheFirst() {
        Path path = folder.resolve("run/agent.lock");
        try (AgentLock first = AgentLock.take(path)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> AgentLock.take(path))
                    .isInstanceOfSatisfying(
                            AgentException.class,
                            e ->
                                    assertThat(e.reason())
                                            .isEqualTo(AgentException.Reason.ALREADY_RUNNING))
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
        }
        AgentLock.take(path).close();
    }

    @Test
    void fileLeftByADeadAgentIsNoObstacle() throws IOException {
        Path path = Files.writeString(folder.resolve("agent.lock"), "4194303999\n");
        try (AgentLock _ = AgentLock.take(path)) {
            assertThat(Files.readString(path)).isEqualTo(ProcessHandle.current().pid() + "\n");
        }
    }

    @Test
    void folderInItsPlaceIsNamed() throws IOException {
        Path path = Files.createDirectory(folder.resolve("agent.lock"));
        assertThatThrownBy(() -> AgentLock.take(path))
                .hasMessageContaining(path + ": cannot be locked");
    }
}
