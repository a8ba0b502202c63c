// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.VictimTools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same deeds by less usual ways: known evasions of rules that go by what a caller says. */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvasionScenario {
    private final AgentProcess agent;
    private final Container container;

    EvasionScenario(DockerDaemon docker) {
        this.agent = new AgentSetup(docker, "evasion").start();
        List<String> options = new ArrayList<>(VictimTools.mount(docker));
        options.addAll(List.of("--network", "none", "--tmpfs", "/dev/shm:exec"));
        this.container = docker.run(docker.images().bashAndLibc(), options, "sleep", "1000000");
    }

    @BeforeAll
    void links() {
        container.exec("ln", "-s", "/etc/.", "/tmp/innocent").check();
        container.exec("ln", "-s", "/bin/bash", "/tmp/editor").check();
    }

    @AfterAll
    void stop() {
        container.close();
        agent.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/self/root/etc/shadow",
                "/proc/1/root/etc/shadow",
                "/tmp/innocent/shadow",
                "/tmp/innocent/../etc/./shadow",
                "//etc//shadow",
                "../../../etc/shadow",
            })
    void sensitiveFileIsSeenUnderEveryPath(String path) {
        container.exec("cat", path).check();
        AlertLine alert = await("Read sensitive file untrusted", "proc.cmdline", "cat " + path);
        assertThat(alert.field("fd.name")).isEqualTo("/etc/shadow");
        assertThat(alert.field("fd.nameraw")).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"creat", "openat2", "directory", "int80"})
    void everySisterOfOpenWrites(String way) {
        String file = "/tmp/" + way + "/xmrig";
        container.exec("mkdir", "-p", "/tmp/" + way).check();
        container.exec(VictimTools.VICTIM, "write-by", way, file).check();
        AlertLine alert = await("Malicious filenames written", "fd.name", file);
        assertThat(alert.field("proc.name")).isEqualTo("victim");
    }

    @Test
    void execveatIsAnExec() {
        container.exec("cp", "/bin/busybox", "/dev/shm/id").check();
        container.exec(VictimTools.VICTIM, "execveat", "/dev/shm/id", "id").check();
        AlertLine alert = await("Execution from /dev/shm", "proc.exepath", "/dev/shm/id");
        assertThat(alert.field("proc.cmdline")).isEqualTo("id");
    }

    @Test
    void shellBehindALinkIsAShell() {
        container.terminal("/tmp/editor", "-c", "true").check();
        AlertLine alert = await("Terminal shell in container", "proc.name", "editor");
        assertThat(alert.field("proc.exepath")).isIn("/bin/bash", "/usr/bin/bash");
    }

    @Test
    void trustedNameDoesNotMakeAProgramTrusted() {
        container.exec("mkdir", "-p", "/tmp/fake").check();
        container.exec("ln", "-s", "/bin/bash", "/tmp/fake/sshd").check();
        container.exec("/tmp/fake/sshd", "-c", "while read l; do :; done < /etc/shadow").check();
        AlertLine alert = await("Read sensitive file untrusted", "proc.name", "sshd");
        assertThat(alert.field("proc.exepath")).isIn("/bin/bash", "/usr/bin/bash");
    }

    @Test
    void argumentsAreKeptToTheLastByte() {
        String padding = "x".repeat(5000);
        container.terminal("/bin/bash", "-c", "true", padding, "the-end").check();
        AlertLine alert =
                agent.alerts()
                        .await(
                                "a command line of 5 kB",
                                a ->
                                        a.from(container)
                                                && a.field("proc.cmdline").endsWith("the-end"));
        assertThat(alert.field("proc.cmdline")).contains(padding);
    }

    private AlertLine await(String rule, String field, String value) {
        return agent.alerts()
                .await(
                        rule + " with " + field + " " + value,
                        a ->
                                a.from(container)
                                        && a.rule().equals(rule)
                                        && a.field(field).equals(value));
    }
}
