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
import dev.torimono.e2e.fixture.NeedsPrograms;
import dev.torimono.e2e.fixture.PodmanDaemon;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Docker and podman are believed alike: every container field, from the real daemons. */
@NeedsDocker
class ContainerFieldsScenario {
    private static final String RULES =
            """
            - rule: File of a container
              desc: a file of that name is written
              condition: >
                evt.type in (open, openat, openat2, creat) and evt.is_open_write=true
                and fd.filename=tori-fields
              output: >
                %container.name %container.type %container.full_id %container.image
                %container.image.repository %container.image.tag %container.image.id
                %container.privileged %container.label[by] %container.host_network
                %container.mount.dest[/etc/hostname] %user.name
              priority: WARNING
            """;
    private static final List<String> OPTIONS =
            List.of(
                    "--label",
                    "by=torimono",
                    "--user",
                    "app",
                    "-v",
                    "/etc/hostname:/etc/hostname-of-host:ro");

    private final DockerDaemon docker;

    ContainerFieldsScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    @Test
    void dockersContainerIsDescribed() {
        List<String> options =
                java.util.stream.Stream.concat(
                                OPTIONS.stream(), java.util.stream.Stream.of("--network", "host"))
                        .toList();
        try (AgentProcess agent =
                        new AgentSetup(docker, "docker-fields").rules("f.yaml", RULES).start();
                Container container =
                        docker.run(docker.images().busybox(), options, "sleep", "1000000")) {
            container.exec("touch", "/tmp/tori-fields").check();
            AlertLine alert = agent.alerts().await("File of a container", container);
            assertFields(alert, container.name(), "docker", container.fullId());
            assertThat(alert.field("container.image")).isEqualTo("tori/busybox:1");
            assertThat(alert.field("container.image.repository")).isEqualTo("tori/busybox");
        }
    }

    @Test
    @NeedsPrograms({"/usr/bin/podman", "/usr/bin/conmon"})
    void podmansContainerIsDescribed() {
        try (PodmanDaemon podman = PodmanDaemon.start(docker);
                AgentProcess agent =
                        new AgentSetup(docker, "podman-fields")
                                .rules("f.yaml", RULES)
                                .podman(podman.socket())
                                .start()) {
            String id = podman.run("tori-fields", OPTIONS, "sleep", "1000000");
            podman.podman("exec", "tori-fields", "touch", "/tmp/tori-fields").check();
            AlertLine alert =
                    agent.alerts()
                            .await(
                                    "podman's container",
                                    a ->
                                            a.rule().equals("File of a container")
                                                    && a.field("container.full_id").equals(id));
            assertFields(alert, "tori-fields", "podman", id);
            assertThat(alert.field("container.image.repository")).endsWith("/tori/busybox");
        }
    }

    private static void assertFields(AlertLine alert, String name, String runtime, String id) {
        assertThat(alert.field("container.name")).isEqualTo(name);
        assertThat(alert.field("container.type")).isEqualTo(runtime);
        assertThat(alert.field("container.full_id")).isEqualTo(id);
        assertThat(alert.field("container.image.tag")).isEqualTo("1");
        assertThat(alert.field("container.image.id")).matches("[0-9a-f]{12,64}");
        assertThat(alert.field("container.privileged")).isEqualTo("false");
        assertThat(alert.field("container.label[by]")).isEqualTo("torimono");
        assertThat(alert.field("container.host_network")).isEqualTo("true");
        assertThat(alert.field("container.mount.dest[/etc/hostname]"))
                .isEqualTo("/etc/hostname-of-host");
        assertThat(alert.field("user.name")).isEqualTo("app");
    }
}
