// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.Images;
import dev.torimono.e2e.fixture.NeedsDocker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ground under the scenarios, without any agent. */
@NeedsDocker
class HarnessTest {
    private final DockerDaemon docker;

    HarnessTest(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void containerRunsCommandsAndIsGoneAfterwards() throws Exception {
        long pid;
        try (Container container = docker.sleeper()) {
            pid = container.pid();
            assertThat(container.exec("cat", "/proc/1/comm").check().text()).isEqualTo("sleep");
            assertThat(Files.readString(Path.of("/proc/" + pid + "/cgroup")))
                    .contains(container.fullId());
        }
        assertThat(Path.of("/proc/" + pid)).doesNotExist();
    }

    @Test
    void terminalIsATerminal() {
        try (Container container = docker.sleeper()) {
            assertThat(container.terminal("sh", "-c", "tty && echo it\"'\"s").check().out())
                    .contains("/dev/pts/0")
                    .contains("it's");
            assertThat(container.exec("tty").run().exit()).isEqualTo(1);
        }
    }

    @Test
    void mountedJdkRunsInAContainer() {
        List<String> options =
                List.of("--network", "none", "-v", Images.javaHome() + ":/opt/jdk:ro");
        try (Container container =
                docker.run(docker.images().bashAndLibc(), options, "sleep", "1000000")) {
            assertThat(container.exec("/opt/jdk/bin/java", "-version").check().err())
                    .contains("25");
            assertThat(container.exec("bash", "-c", "echo $BASH_VERSION").check().text())
                    .startsWith("5");
        }
    }
}
