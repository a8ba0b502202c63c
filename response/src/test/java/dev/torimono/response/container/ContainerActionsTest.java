// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.ActionResult.Status;
import dev.torimono.model.Container;
import dev.torimono.response.action.Action;
import dev.torimono.response.action.Guards;
import dev.torimono.response.action.KillSwitch;
import dev.torimono.response.action.Outcome;
import dev.torimono.response.action.ProcFiles;
import dev.torimono.response.action.RateLimits;
import dev.torimono.response.action.Target;
import dev.torimono.response.container.ContainerControl.Answer;
import dev.torimono.response.container.ContainerControl.Done;
import dev.torimono.response.container.ContainerControl.NotMine;
import dev.torimono.response.container.ContainerControl.Operation;
import dev.torimono.response.container.ContainerControl.Refused;
import dev.torimono.response.decision.PlannedAction;
import dev.torimono.response.policy.Actions.ContainerStep;
import dev.torimono.response.policy.Limits;
import dev.torimono.response.testing.Containers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerActionsTest {
    @TempDir private Path folder;

    private record Fixed(String name, Answer answer) implements ContainerControl {
        @Override
        public Answer act(Operation operation, Container container, long pid) {
            return answer;
        }
    }

    private Outcome act(Answer first, Answer second) {
        Guards guards =
                new Guards(
                        new ProcFiles(folder),
                        1,
                        new KillSwitch(),
                        new RateLimits(System::nanoTime),
                        false);
        PlannedAction planned =
                new PlannedAction(
                        new Action.OnContainer(ContainerStep.STOP), "P", Limits.DEFAULT, false);
        return new ContainerActions(
                        List.of(new Fixed("docker", first), new Fixed("cgroup", second)), guards)
                .act(
                        planned,
                        new Target(1, 1, "x", Containers.named("test"), 0),
                        ContainerStep.STOP);
    }

    @Test
    void firstControlThatKnowsTheContainerActs() {
        assertThat(act(new NotMine("no socket"), new Done("through its cgroup")))
                .isEqualTo(new Outcome(Status.DONE, "through its cgroup"));
        assertThat(act(new Refused("it is gone"), new Done("")))
                .isEqualTo(new Outcome(Status.FAILED, "it is gone"));
        assertThat(act(new NotMine("no socket"), new NotMine("no cgroup")))
                .isEqualTo(new Outcome(Status.FAILED, "docker: no socket; cgroup: no cgroup"));
    }

    /** Nobody but a kubelet begins a container of a pod again. */
    @Test
    void onlyAnEngineBeginsItsOwnContainersAgain() {
        DockerControl docker = new DockerControl("docker", folder.resolve("none.sock"));
        assertThat(docker.restarts(Container.pending("a".repeat(64), "podman"))).isTrue();
        assertThat(docker.restarts(Container.pending("a".repeat(64), "containerd"))).isFalse();
        assertThat(new Fixed("cgroup", new Done("")).restarts(Containers.named("test"))).isFalse();
    }

    @Test
    void engineIsAskedAndItsWordsAreTold() throws Exception {
        Path socket = folder.resolve("docker.sock");
        Container test = Containers.named("test");
        try (FakeEngine engine = FakeEngine.start(socket)) {
            DockerControl docker = new DockerControl("docker", socket);

            engine.answer(204, "");
            assertThat(docker.act(Operation.STOP, test, 1)).isEqualTo(new Done(""));
            engine.answer(304, "");
            assertThat(docker.act(Operation.STOP, test, 1))
                    .isEqualTo(new Done("it was so already"));
            engine.answer(404, "{\"message\":\"no such container\"}");
            assertThat(docker.act(Operation.PAUSE, test, 1)).isInstanceOf(NotMine.class);
            engine.answer(409, "{\"message\":\"is not running\"}");
            assertThat(docker.act(Operation.KILL, test, 1))
                    .isEqualTo(new Refused("docker refused: 409 {\"message\":\"is not running\"}"));

            engine.answer(204, "");
            assertThat(docker.act(Operation.START, test, 0)).isEqualTo(new Done(""));

            assertThat(engine.requests())
                    .containsExactly(
                            "POST /containers/" + Containers.ID + "/stop?t=10 HTTP/1.1",
                            "POST /containers/" + Containers.ID + "/stop?t=10 HTTP/1.1",
                            "POST /containers/" + Containers.ID + "/pause HTTP/1.1",
                            "POST /containers/" + Containers.ID + "/kill HTTP/1.1",
                            "POST /containers/" + Containers.ID + "/start HTTP/1.1");
        }
    }

    @Test
    void engineThatIsNotThereIsNotAsked() {
        DockerControl docker = new DockerControl("docker", folder.resolve("none.sock"));

        assertThat(docker.act(Operation.STOP, Containers.named("test"), 1))
                .isInstanceOf(NotMine.class);
    }

    @Test
    void idThatIsNoneIsNeverPutIntoAPath() {
        DockerControl docker = new DockerControl("docker", folder.resolve("none.sock"));
        Container odd = Containers.of("../images/x?", "x", java.util.Map.of(), null);

        assertThat(docker.act(Operation.STOP, odd, 1))
                .isEqualTo(new NotMine("\"../images/x?\" is no container id"));
    }
}
