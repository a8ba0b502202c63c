// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CgroupFileTest {
    @Test
    void unifiedHierarchyHasOneLine() {
        assertThat(CgroupFile.choose("0::/system.slice/docker-x.scope\n"))
                .isEqualTo("/system.slice/docker-x.scope");
    }

    @Test
    void hybridHostsTellContainersApartByThePidsController() {
        String content = "12:memory:/docker/x\n9:pids:/docker/x\n1:name=systemd:/a\n0::/shared\n";
        assertThat(CgroupFile.choose(content)).isEqualTo("/docker/x");
    }

    @Test
    void legacyHostWithoutThePidsControllerUsesAnother() {
        assertThat(CgroupFile.choose("4:cpu,cpuacct:/lxc/web\n3:devices:/\n"))
                .isEqualTo("/lxc/web");
    }

    @Test
    void malformedLinesArePassedOver() {
        assertThat(CgroupFile.choose("nonsense\n\n0::/\n")).isEqualTo("/");
        assertThat(CgroupFile.choose("")).isEmpty();
    }
}
