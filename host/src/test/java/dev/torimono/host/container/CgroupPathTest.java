// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.model.Text;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupPathTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);
    private static final String UID = "8f3e6a52-10b1-4c0e-9d53-3b0c7c5d2a11";
    private static final String ESCAPED = "8f3e6a52_10b1_4c0e_9d53_3b0c7c5d2a11";

    @ParameterizedTest
    @CsvSource({
        "/docker/ID, docker",
        "/system.slice/docker-ID.scope, docker",
        "/system.slice/docker-ID.scope/init.scope, docker",
        "/docker/ID/system.slice/cron.service, docker",
        "/custom-parent/ID, docker",
        "/ecs/0e5ab1cd/ID, docker",
        "/libpod_parent/libpod-ID, podman",
        "/machine.slice/libpod-ID.scope/container, podman",
        "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-ID.scope/container, podman",
        "/system.slice/crio-ID.scope, cri-o",
        "/../../docker/ID, docker"
    })
    void findsTheContainerOfAPathWithAnId(String path, String runtime) {
        assertThat(parse(path.replace("ID", ID))).isEqualTo(new Placement(runtime, ID, ""));
    }

    @ParameterizedTest
    @CsvSource({
        "/kubepods/podUID/ID, containerd",
        "/kubepods/besteffort/podUID/ID, containerd",
        "/kubepods/burstable/podUID/crio-ID, cri-o",
        "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-podESCAPED.slice/cri-containerd-ID.scope,"
                + " containerd",
        "/kubepods.slice/kubepods-podESCAPED.slice/crio-ID.scope, cri-o",
        "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podESCAPED.slice/docker-ID.scope,"
                + " docker",
        "/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-podESCAPED.slice/cri-containerd-ID.scope,"
                + " containerd",
        "/docker/OTHER/kubelet/kubepods/podUID/ID, containerd"
    })
    void findsThePodOfAContainerInKubernetes(String path, String runtime) {
        String full =
                path.replace("UID", UID)
                        .replace("ESCAPED", ESCAPED)
                        .replace("OTHER", OTHER)
                        .replace("ID", ID);
        assertThat(parse(full)).isEqualTo(new Placement(runtime, ID, UID));
    }

    @ParameterizedTest
    @CsvSource({
        "/default/nginx-1, containerd, nginx-1",
        "/lxc.payload.web, lxc, web",
        "/lxc.payload.web/init.scope, lxc, web",
        "/lxc.payload/web, lxc, web",
        "/lxc/web, lxc, web",
        "/lxc/101/ns/init.scope, lxc, 101",
        "/user.slice/user-1000.slice/lxc.payload.mine, lxc, mine",
        "/machine.slice/machine-bookworm.scope/payload, systemd-nspawn, bookworm",
        "'/machine.slice/machine-my\\x2dbox.scope/payload/init.scope', systemd-nspawn, my-box",
        "/machine.slice/systemd-nspawn@web.service/payload, systemd-nspawn, web"
    })
    void findsContainersThatHaveNamesInsteadOfIds(String path, String runtime, String name) {
        assertThat(parse(path)).isEqualTo(new Placement(runtime, name, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/system.slice/docker.service",
                "/system.slice/containerd.service",
                "/user.slice/user-0.slice/session-1.scope",
                "/kubepods/burstable/podUID",
                "/machine.slice/libpod-conmon-ID.scope",
                "/kubepods.slice/kubepods-podESCAPED.slice/crio-conmon-ID.scope",
                "/lxc.monitor.web",
                "/machine.slice/systemd-nspawn@web.service/supervisor",
                "'/machine.slice/machine-qemu\\x2d1\\x2dvm.scope'",
                "/docker/0123456789abcdef",
                "/docker/IDX",
                "/default/a/b"
            })
    void leavesTheHostAlone(String path) {
        String full = path.replace("UID", UID).replace("ESCAPED", ESCAPED).replace("ID", ID);
        assertThat(parse(full.replace("'", ""))).isNull();
    }

    @Test
    void nestedContainerWinsOverTheOneAroundIt() {
        Placement inner = parse("/docker/" + OTHER + "/docker/" + ID);
        assertThat(inner).isEqualTo(new Placement("docker", ID, ""));
    }

    @Test
    void anyBytesAreParsedWithoutFailing() {
        Random random = new Random(7);
        String[] parts = {"/", "docker-", ".scope", ID, "pod", UID, "lxc.payload", ".", "kubepods"};
        for (int round = 0; round < 20_000; round++) {
            StringBuilder path = new StringBuilder();
            for (int i = random.nextInt(8); i > 0; i--) {
                path.append(parts[random.nextInt(parts.length)]);
            }
            Placement placement = parse(path.toString());
            assertThat(placement == null || !placement.id().contains("/")).isTrue();
        }
    }

    private static @Nullable Placement parse(String path) {
        return CgroupPath.parse(Text.of(path));
    }
}
