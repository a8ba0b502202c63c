// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.ContainerdDaemon;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.NeedsPrograms;
import dev.torimono.e2e.fixture.Pod;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What happens in pods is told with pod, namespace and workload, by containerd's own word. */
@NeedsDocker
@NeedsPrograms({"/usr/bin/containerd", "/usr/bin/ctr", "/usr/bin/curl"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesScenario {
    private static final String RULES =
            """
            - rule: File of a pod
              desc: a file of that name is written in a container of known image
              condition: >
                evt.type in (open, openat, openat2, creat) and evt.is_open_write=true
                and fd.filename=tori-pod and container.image.repository endswith /busybox
              output: >
                %container.name %container.image.repository:%container.image.tag
                %container.type %container.privileged %container.host_network
                %k8s.ns.name %k8s.pod.name %k8s.pod.uid %k8s.pod.label[app]
                %k8s.pod.full_sandbox_id %k8s.workload.kind %k8s.workload.name
                %k8s.pod.annotation[kubernetes.io/config.source]
              priority: WARNING
            """;

    private final ContainerdDaemon containerd;
    private final AgentSetup setup;
    private final AgentProcess agent;

    KubernetesScenario(DockerDaemon docker) {
        containerd = ContainerdDaemon.start(docker);
        setup =
                new AgentSetup(docker, "kubernetes")
                        .rules("pods.yaml", RULES)
                        .containerd(containerd.socket());
        agent = setup.start();
    }

    @AfterAll
    void stop() {
        try (containerd) {
            agent.close();
        }
    }

    @Test
    void alertTellsPodNamespaceAndWorkload() {
        try (Pod pod = containerd.pod("web-5d4f8c7b6-x7x2p", "shop")) {
            String id = pod.run("app", "sleep", "1000000");
            pod.exec(id, "touch", "/tmp/tori-pod");

            AlertLine alert = await(id);
            assertThat(alert.field("container.name")).isEqualTo("app");
            assertThat(alert.field("container.image.repository"))
                    .isEqualTo("docker.io/tori/busybox");
            assertThat(alert.field("container.image.tag")).isEqualTo("1");
            assertThat(alert.field("container.type")).isEqualTo("containerd");
            assertThat(alert.field("container.privileged")).isEqualTo("false");
            assertThat(alert.field("container.host_network")).isEqualTo("true");
            assertThat(alert.field("k8s.ns.name")).isEqualTo("shop");
            assertThat(alert.field("k8s.pod.name")).isEqualTo(pod.name());
            assertThat(alert.field("k8s.pod.uid")).isEqualTo(pod.uid());
            assertThat(alert.field("k8s.pod.label[app]")).isEqualTo("web");
            assertThat(alert.field("k8s.pod.full_sandbox_id")).isEqualTo(pod.sandboxId());
            assertThat(alert.field("k8s.workload.kind")).isEqualTo("Deployment");
            assertThat(alert.field("k8s.workload.name")).isEqualTo("web");
            assertThat(alert.field("k8s.pod.annotation[kubernetes.io/config.source]"))
                    .isEqualTo("api");
        }
    }

    @Test
    void containersOfFiftyMillisecondsAreToldOnceEach() {
        try (Pod pod = containerd.pod("batch-5d4f8c7b6-q9z4m", "jobs")) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                ids.add(pod.run("job-" + i, "sh", "-c", "touch /tmp/tori-pod; usleep 50000"));
            }
            for (int i = 0; i < ids.size(); i++) {
                AlertLine alert = await(ids.get(i));
                assertThat(alert.field("container.name")).isEqualTo("job-" + i);
                assertThat(alert.field("k8s.ns.name")).isEqualTo("jobs");
                assertThat(alert.field("k8s.workload.name")).isEqualTo("batch");
            }
            assertThat(agent.alerts().all(a -> a.field("k8s.ns.name").equals("jobs")))
                    .hasSize(ids.size());
        }
    }

    @Test
    void containerOutsideKubernetesHasItsNameAndImage() {
        containerd.runPlain("plain", "/bin/sh", "-c", "touch /tmp/tori-pod; sleep 1000000");

        AlertLine alert =
                agent.alerts()
                        .await(
                                "the plain container's alert",
                                a -> a.field("container.name").equals("plain"));
        assertThat(alert.rule()).isEqualTo("File of a pod");
        assertThat(alert.field("container.image.repository")).isEqualTo("docker.io/tori/busybox");
        assertThat(alert.field("container.type")).isEqualTo("containerd");
        assertThat(alert.field("k8s.pod.name")).isEqualTo("<NA>");
    }

    @Test
    void containersOfPodsAreEndedByTheirRuntime() {
        try (Pod pod = containerd.pod("pay-5d4f8c7b6-k2m3n", "shop")) {
            String stopped =
                    pod.run(
                            "stopped",
                            "sh",
                            "-c",
                            "trap 'exit 3' TERM; while :; do sleep 0.2; done");
            String killed = pod.run("killed", "sleep", "1000000");
            for (String id : List.of(stopped, killed)) {
                pod.exec(id, "touch", "/tmp/tori-pod");
                await(id);
            }
            assertThat(respond("stop", stopped)).isEqualTo("done");
            assertThat(respond("kill-container", killed)).isEqualTo("done");
            String tasks = containerd.ctr("k8s.io", "tasks", "list").check().out();
            assertThat(tasks.lines().filter(line -> line.contains("RUNNING")))
                    .noneMatch(line -> line.startsWith(stopped) || line.startsWith(killed));

            String paused = pod.run("paused", "sleep", "1000000");
            pod.exec(paused, "touch", "/tmp/tori-pod");
            await(paused);
            assertThat(respond("pause", paused)).isEqualTo("done: through its cgroup");
            assertThat(respond("unpause", paused)).isEqualTo("done: through its cgroup");
        }
    }

    private String respond(String what, String id) {
        return AgentProcess.run(
                        "respond", what, id, "--socket", setup.file("agent.sock").toString())
                .run()
                .text()
                .lines()
                .findFirst()
                .orElse("");
    }

    private AlertLine await(String id) {
        String shortId = id.substring(0, 12);
        return agent.alerts()
                .await(
                        "the alert of " + shortId,
                        alert ->
                                alert.rule().equals("File of a pod")
                                        && alert.field("container.id").equals(shortId));
    }
}
