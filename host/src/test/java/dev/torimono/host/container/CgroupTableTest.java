// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.host.HostCounters;
import dev.torimono.model.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CgroupTableTest {
    private final HostCounters counters = new HostCounters();
    private final Runtimes runtimes = new Runtimes(List.of(), counters);
    private final Map<Long, Boolean> told = new LinkedHashMap<>();
    private final CgroupTable table =
            new CgroupTable(new ContainerTable(runtimes, 16, counters), _ -> {}, told::put);

    @AfterEach
    void close() {
        runtimes.close();
    }

    @Test
    void whoeverListensIsToldWhereACgroupBelongs() {
        table.learn(7, table.of(Text.of("/system.slice/ssh.service")));
        table.learn(9, table.of(Text.of("/docker/" + "0123456789abcdef".repeat(4))));
        assertThat(told).containsExactly(Map.entry(7L, false), Map.entry(9L, true));
    }

    @Test
    void aCgroupIsFoundByItsNumberUntilAllAreForgotten() {
        Cgroup cgroup = table.of(Text.of("/user.slice"));
        table.learn(7, cgroup);
        assertThat(table.byId(7)).isSameAs(cgroup);
        table.clear();
        assertThat(table.byId(7)).isNull();
    }
}
