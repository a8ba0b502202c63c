// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Container;
import dev.torimono.model.Text;
import dev.torimono.response.testing.Containers;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardsTest {
    private static final long SELF = 500;
    private static final String HOST = "pid:[1]";
    private static final String INNER = "pid:[2]";
    private static final String IN_TEST = "/docker/" + Containers.ID;

    @TempDir private Path root;
    private final KillSwitch killSwitch = new KillSwitch();
    private final Container test = Containers.named("test");
    private FakeProc proc = new FakeProc(Path.of("/nonexistent"));

    @BeforeEach
    void hostHasAFirstProcessAndAnAgent() throws Exception {
        proc = new FakeProc(root);
        proc.add(1, "/usr/lib/systemd/systemd", 0, "/init.scope", HOST);
        proc.add(SELF, "/usr/lib/jvm/bin/java", 0, "/docker/" + "f".repeat(64), HOST);
    }

    @AfterEach
    void removeLinks() throws Exception {
        proc.removeLinks();
    }

    private Guards guards() {
        return new Guards(proc.files(), SELF, killSwitch, new RateLimits(() -> 0), false);
    }

    private Optional<String> object(long pid) {
        return guards().objectToKill(pid, null);
    }

    @Test
    void firstProcessAndAgentAreNeverKilled() {
        assertThat(object(1)).contains("process 1 of the host is never killed");
        assertThat(object(0)).isPresent();
        assertThat(object(SELF)).contains("the agent is never killed");
    }

    @Test
    void runtimesOfTheHostAreNeverKilled() throws Exception {
        proc.add(10, "/usr/bin/dockerd", 0, "/system.slice", HOST)
                .add(11, "/usr/bin/containerd-shim-runc-v2", 0, "/system.slice", HOST)
                .add(12, "/usr/local/bin/kubelet (deleted)", 0, "/kubelet", HOST);

        assertThat(object(10)).contains("container runtimes are never killed: /usr/bin/dockerd");
        assertThat(object(11)).isPresent();
        assertThat(object(12)).isPresent();
    }

    @Test
    void nameOfARuntimeAloneProtectsNobody() throws Exception {
        proc.add(20, "/tmp/kubelet", 0, "/", HOST)
                .add(21, "/usr/bin/containerd", 1000, "/", HOST)
                .add(22, "/usr/bin/dockerd", 0, IN_TEST, INNER);

        assertThat(object(20)).isEmpty();
        assertThat(object(21)).isEmpty();
        assertThat(guards().objectToKill(22, test)).isEmpty();
    }

    @Test
    void kernelThreadsAreNeverKilled() throws Exception {
        proc.add(30, "", 0, "/", HOST);

        assertThat(object(30)).contains("kernel threads are never killed");
    }

    @Test
    void processOutsideTheContainerOfItsScopeIsLeftAlone() throws Exception {
        proc.add(40, "/bin/sh", 0, IN_TEST, INNER).add(41, "/bin/sh", 0, "/docker/other", INNER);

        assertThat(guards().objectToKill(40, test)).isEmpty();
        assertThat(guards().objectToKill(41, test))
                .contains("it is not in container 0123456789ab any more");
    }

    /** As on Fargate, or in a cgroup namespace: what a process is in is known by its launcher. */
    @Test
    void containerThatNoCgroupShowsIsKnownByItsPlace() throws Exception {
        proc.add(42, "/bin/sh", 0, "/", INNER).add(43, "/bin/sh", 0, "/", INNER);
        ProcFiles files =
                new ProcFiles(
                        root, pid -> pid == 42 ? Text.of("/torimono/" + test.fullId()) : null);
        Guards placed = new Guards(files, SELF, killSwitch, new RateLimits(() -> 0), false);

        assertThat(placed.objectToKill(42, test)).isEmpty();
        assertThat(placed.objectToKill(43, test)).isPresent();
    }

    @Test
    void agentsOwnContainerIsNeverActedOn() {
        Container own = Containers.of("f".repeat(64), "torimono", java.util.Map.of(), null);

        assertThat(guards().objectToContainer(own))
                .contains("the agent's own container is never acted on");
        assertThat(guards().objectToContainer(test)).isEmpty();
        assertThat(guards().objectToContainer(null)).isPresent();
    }

    @Test
    void killSwitchObjectsToEverythingUntilReleased() {
        killSwitch.engage("maintenance");
        assertThat(guards().objectToAll()).contains("the kill switch is engaged: maintenance");

        killSwitch.release();
        assertThat(guards().objectToAll()).isEmpty();
    }

    @Test
    void commMayContainAnything() {
        ProcessFacts facts =
                ProcessFacts.parse("7 (a) S 9 (x) R 3 4 5 0 -1 64 0 0 0 0 0 0 0 0 20 0 1 0 42 0");

        assertThat(facts.name()).isEqualTo("a) S 9 (x");
        assertThat(facts.parent()).isEqualTo(3);
        assertThat(facts.startNs()).isEqualTo(420_000_000);
    }
}
