// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
    @TempDir private Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private HostFiles host() {
        return new HostFiles(root);
    }

    @Test
    void lockdownIsTheModeInBrackets() throws Exception {
        assertThat(host().lockdown()).isEqualTo(Lockdown.UNKNOWN);
        file("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
        assertThat(host().lockdown()).isEqualTo(Lockdown.INTEGRITY);
        file("sys/kernel/security/lockdown", "none integrity [confidentiality]\n");
        assertThat(host().lockdown()).isEqualTo(Lockdown.CONFIDENTIALITY);
    }

    @Test
    void cgroupModeFollowsTheMounts() throws Exception {
        assertThat(host().cgroupMode()).isEqualTo(CgroupMode.NONE);
        file("proc/self/mounts", "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n");
        assertThat(host().cgroupMode()).isEqualTo(CgroupMode.V2);
        file(
                "proc/self/mounts",
                """
                cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0
                cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
                """);
        assertThat(host().cgroupMode()).isEqualTo(CgroupMode.HYBRID);
        file("proc/self/mounts", "cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0\n");
        assertThat(host().cgroupMode()).isEqualTo(CgroupMode.V1);
        assertThat(CgroupMode.V1.legacy()).isTrue();
        assertThat(CgroupMode.V2.legacy()).isFalse();
    }

    @Test
    void securityModulesAreAList() throws Exception {
        assertThat(host().securityModules()).isEmpty();
        file("sys/kernel/security/lsm", "lockdown,capability,landlock,bpf");
        assertThat(host().securityModules()).contains("bpf").hasSize(4);
    }

    @Test
    void missingPermissionIsToldBeforeAnythingElse() throws Exception {
        file("proc/self/status", "Name:\tjava\nCapEff:\t0000000000000000\n");
        assertThatThrownBy(() -> Preconditions.check(host()))
                .isInstanceOfSatisfying(
                        SensorException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(SensorException.Reason.NOT_ROOT);
                            assertThat(e).hasMessageContaining("CAP_BPF");
                        });
    }

    @Test
    void missingBtfIsToldWithTheKernelOptionToSet() throws Exception {
        file("proc/self/status", "CapEff:\t000000c000000000\n");
        assertThatThrownBy(() -> Preconditions.check(host()))
                .isInstanceOfSatisfying(
                        SensorException.class,
                        e -> {
                            assertThat(e.reason()).isEqualTo(SensorException.Reason.NO_BTF);
                            assertThat(e).hasMessageContaining("CONFIG_DEBUG_INFO_BTF");
                        });
    }
}
