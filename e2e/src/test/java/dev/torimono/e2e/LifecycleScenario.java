// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.KernelObjects;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an agent begins and ends, politely and otherwise. */
@NeedsDocker
class LifecycleScenario {
    private final DockerDaemon docker;

    LifecycleScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void killedAgentLeavesNothingAttachedAndHoldsNobody() {
        try (Container container = docker.sleeper()) {
            AgentProcess agent = new AgentSetup(docker, "killed").start();
            KernelObjects held = KernelObjects.heldBy(agent.pid());
            assertThat(held.programs()).isNotEmpty();
            assertThat(held.links()).isNotEmpty();
            agent.kill();

            container
                    .exec("sh", "-c", "touch /tmp/still-works")
                    .within(Duration.ofSeconds(20))
                    .check();
            Pause.until(
                    "the end of " + held,
                    Duration.ofSeconds(30),
                    () -> KernelObjects.remainingOf(held).isEmpty());
        }
    }

    @Test
    void stoppedAgentLeavesNothingAttached() {
        AgentProcess agent = new AgentSetup(docker, "stopped").start();
        KernelObjects held = KernelObjects.heldBy(agent.pid());
        assertThat(held.programs()).isNotEmpty();
        assertThat(agent.stop()).as(agent.logText()).isZero();
        Pause.until(
                "the end of " + held,
                Duration.ofSeconds(30),
                () -> KernelObjects.remainingOf(held).isEmpty());
    }

    @Test
    void restartedAgentKnowsWhatRanBefore() {
        String loop =
                "while ! test -e /tmp/go; do sleep 0.1; done; echo > /tmp/xmrig; sleep 1000000";
        try (Container container =
                docker.run(
                        docker.images().busybox(),
                        List.of("--network", "none", "--user", "app"),
                        "sh",
                        "-c",
                        loop)) {
            new AgentSetup(docker, "before").start().kill();
            try (AgentProcess agent = new AgentSetup(docker, "after").start()) {
                container.exec("touch", "/tmp/go").check();

                AlertLine alert = agent.alerts().await("Malicious filenames written", container);
                assertThat(alert.field("container.name")).isEqualTo(container.name());
                assertThat(alert.field("container.image.repository")).isEqualTo("tori/busybox");
                assertThat(alert.field("user.name")).isEqualTo("app");
                assertThat(alert.field("proc.exepath")).isEqualTo("/bin/busybox");
                assertThat(alert.field("proc.cmdline")).startsWith("sh -c while ! test -e");
                assertThat(alert.lineageNames()).startsWith("sh", "containerd-shim");
                assertThat(alert.lineage().getLast().pid()).isEqualTo(1);
            }
        }
    }

    @Test
    void secondAgentSaysWhyItStops() {
        AgentSetup setup = new AgentSetup(docker, "first");
        try (AgentProcess first = setup.start()) {
            AgentProcess second = AgentProcess.launch(setup.options());
            int exit = second.awaitEnd();
            assertThat(exit).as(second.logText()).isEqualTo(4);
            assertThat(second.logText()).contains(Long.toString(first.pid()));
            assertThat(second.logText()).doesNotContain("Exception", "\tat ");
            assertThat(first.process().isAlive()).isTrue();
        }
    }
}
