// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Attacker;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import dev.torimono.e2e.fixture.VictimTools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Each shipped rule by a real action; those with a scenario of their own are not repeated. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedRulesScenario {
    private final DockerDaemon docker;
    private final AgentProcess agent;

    ShippedRulesScenario(DockerDaemon docker) {
        this.docker = docker;
        this.agent = new AgentSetup(docker, "shipped-rules").start();
    }

    @AfterAll
    void stop() {
        agent.close();
    }

    private Container container(String... options) {
        List<String> all = new ArrayList<>(VictimTools.mount(docker));
        all.addAll(List.of(options));
        return docker.run(docker.images().busybox(), all, "sleep", "1000000");
    }

    @Test
    void droppedBinaryIsTold() {
        try (Container container = container("--network", "none")) {
            container.exec("sh", "-c", "cp /bin/busybox /tmp/echo && /tmp/echo hi").check();

            AlertLine alert =
                    agent.alerts().await("Drop and execute new binary in container", container);
            assertThat(alert.field("proc.exepath")).isEqualTo("/tmp/echo");
            assertThat(alert.field("proc.cmdline")).isEqualTo("echo hi");
            assertThat(alert.priority()).isEqualTo("Critical");
        }
    }

    @Test
    void programOfTheImageThatWasTouchedIsDrift() {
        try (Container container = container("--network", "none")) {
            container.exec("sh", "-c", "chmod 700 /bin/busybox && exec /bin/true").check();

            AlertLine alert =
                    agent.alerts().await("Drop and execute new binary in container", container);
            assertThat(alert.field("proc.exepath")).isEqualTo("/bin/busybox");
        }
    }

    @Test
    void programFromMemoryIsTold() {
        try (Container container = container("--network", "none")) {
            container
                    .exec(VictimTools.VICTIM, "from-memory", "/bin/busybox", "echo", "unseen")
                    .check();

            AlertLine alert =
                    agent.alerts().await("Fileless execution via memfd_create", container);
            assertThat(alert.field("proc.exepath")).contains("memfd:payload");
            assertThat(alert.field("proc.exe")).isEqualTo("echo");
            assertThat(alert.field("proc.pname")).isNotEqualTo("<NA>");
        }
    }

    @Test
    void programInSharedMemoryIsTold() {
        try (Container container = container("--network", "none", "--tmpfs", "/dev/shm:exec")) {
            container.exec("sh", "-c", "cp /bin/busybox /dev/shm/id; /dev/shm/id").check();

            AlertLine alert = agent.alerts().await("Execution from /dev/shm", container);
            assertThat(alert.field("proc.exepath")).isEqualTo("/dev/shm/id");
        }
    }

    @Test
    void scriptInSharedMemoryIsTold() {
        try (Container container = container("--network", "none")) {
            container.exec("sh", "-c", "echo 'exit 0' > /dev/shm/x.sh").check();
            container.exec("sh", "/dev/shm/x.sh").check();

            AlertLine alert = agent.alerts().await("Execution from /dev/shm", container);
            assertThat(alert.field("proc.cmdline")).isEqualTo("sh /dev/shm/x.sh");
        }
    }

    @Test
    void sensitiveFileIsSeenBehindASymbolicLink() {
        try (Container container = container("--network", "none")) {
            container.exec("ln", "-s", "/etc/.", "/tmp/d").check();
            container.exec("cat", "/tmp/d/../etc/shadow").check();

            AlertLine alert = agent.alerts().await("Read sensitive file untrusted", container);
            assertThat(alert.field("fd.name")).isEqualTo("/etc/shadow");
            assertThat(alert.field("fd.nameraw")).isEqualTo("/tmp/d/../etc/shadow");
            assertThat(alert.lineageNames()).startsWith("cat", "runc");
        }
    }

    @Test
    void fileBelowDevIsTold() {
        try (Container container = container("--network", "none")) {
            container.exec("sh", "-c", "echo x > /dev/null; touch /dev/.hidden").check();

            AlertLine alert = agent.alerts().await("File created below /dev", container);
            assertThat(alert.field("fd.name")).isEqualTo("/dev/.hidden");
            assertThat(agent.alerts().all(a -> a.from(container))).hasSize(1);
        }
    }

    @Test
    void shellThatInheritsASocketIsTold() throws Exception {
        try (Attacker attacker = new Attacker();
                Container container = container("--network", "host")) {
            String port = Integer.toString(attacker.port());
            container.execDetached(VictimTools.VICTIM, "shell-on-socket", port).check();
            attacker.command("exit\n");

            AlertLine alert =
                    agent.alerts()
                            .await(
                                    "Redirect STDOUT/STDIN to network connection in container",
                                    container);
            assertThat(alert.field("evt.type")).isEqualTo("execve");
            assertThat(alert.field("proc.stdin.name")).contains("127.0.0.1:" + port);
        }
    }

    @Test
    void ordinaryLifeOfAContainerRaisesNothing() {
        List<Container> quiet = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (Container container =
                    container(
                            "--network",
                            "none",
                            "--health-cmd",
                            "grep -q root /etc/passwd",
                            "--health-interval",
                            "200ms")) {
                quiet.add(container);
                container.exec("sh", "-c", "echo x > /tmp/x; cat /tmp/x > /dev/null").check();
                container.exec("/bin/busybox", "wget", "-q", "http://127.0.0.1:1/").run();
                container.put(VictimTools.folder(docker).resolve("victim"), "/tmp/copied");
                docker.docker("restart", "-t", "0", container.fullId()).check();
                Pause.millis(300);
            }
        }
        try (Container loud = container("--network", "none")) {
            loud.exec("touch", "/dev/.loud").check();
            agent.alerts().await("File created below /dev", loud);
        }
        assertThat(agent.alerts().all(alert -> quiet.stream().anyMatch(alert::from))).isEmpty();
    }
}
