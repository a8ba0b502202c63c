// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Alone;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import dev.torimono.e2e.fixture.VictimTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many processes and many opens: nothing is lost, each is blamed on the right process, and memory
 * stays where it is. {@code -Dtorimono.e2e.load=full} runs the full figures of the bench.
 */
@Alone
@NeedsDocker
@Tag("load")
class LoadScenario {
    private static final boolean FULL = "full".equals(System.getProperty("torimono.e2e.load"));
    private static final int EXECS = FULL ? 20_000 : 4_000;
    private static final int OPENS = FULL ? 1_000_000 : 200_000;

    /**
     * What is alive on the heap may grow by so much while the work is done: code and caches warm
     * up.
     */
    private static final long GROWTH_KIB = 16 * 1024;

    /** Resident memory, which follows the size of the heap, stays below this whatever happens. */
    private static final long RESIDENT_KIB = 256 * 1024;

    private static final String RULES =
            """
            - rule: Every leaf
              desc: each program the loop starts
              condition: spawned_process and container and proc.name = leaf
              output: leaf %proc.args in %container.id
              priority: DEBUG
            - rule: Every mark
              desc: each file the loop makes
              condition: open_write and container and fd.name startswith /tmp/plain-mark-
              output: mark %fd.name by %proc.name in %container.id
              priority: DEBUG
            """;

    private final DockerDaemon docker;

    LoadScenario(DockerDaemon docker) {
        this.docker = docker;
    }

    private Container container() {
        List<String> options = new ArrayList<>(VictimTools.mount(docker));
        options.addAll(List.of("--network", "none"));
        return docker.run(docker.images().busybox(), options, "sleep", "1000000");
    }

    @Test
    void everyExecOfALongLoopIsToldWithItsLineage() {
        try (AgentProcess agent =
                        new AgentSetup(docker, "load-exec").rules("leaf.yaml", RULES).start();
                Container container = container()) {
            run(container, "fork-exec", VictimTools.LEAF, 500);
            awaitCount(agent, "Every leaf", container, 500);
            long before = agent.liveHeapKib();

            run(container, "fork-exec", VictimTools.LEAF, EXECS);
            List<AlertLine> leaves = awaitCount(agent, "Every leaf", container, 500 + EXECS);

            BitSet seen = new BitSet();
            for (AlertLine leaf : leaves.subList(500, leaves.size())) {
                seen.set(Integer.parseInt(leaf.field("proc.args")));
                List<AlertLine.Relative> lineage = leaf.lineage();
                assertThat(lineage.get(1).name()).isEqualTo("victim");
                assertThat(lineage.get(1).cmdline())
                        .isEqualTo("victim fork-exec /tools/leaf " + EXECS);
                assertThat(lineage.getLast().pid()).as("root of %s", lineage).isEqualTo(1);
            }
            assertThat(seen.cardinality()).isEqualTo(EXECS);
            assertThat(leaves).hasSize(500 + EXECS);
            assertMemoryStays(agent, before);
        }
    }

    @Test
    void everyMarkAmongManyOpensIsTold() {
        try (AgentProcess agent =
                        new AgentSetup(docker, "load-open").rules("mark.yaml", RULES).start();
                Container container = container()) {
            container.exec("touch", "/tmp/plain").check();
            long before = agent.liveHeapKib();

            run(container, "open-close", "/tmp/plain", OPENS);
            List<AlertLine> marks = awaitCount(agent, "Every mark", container, OPENS / 1000);

            assertThat(marks).extracting(mark -> mark.field("fd.name")).doesNotHaveDuplicates();
            assertThat(marks).hasSize(OPENS / 1000);
            assertThat(marks)
                    .allSatisfy(mark -> assertThat(mark.field("proc.name")).isEqualTo("victim"));
            assertMemoryStays(agent, before);
        }
    }

    private static void assertMemoryStays(AgentProcess agent, long liveBefore) {
        assertThat(agent.residentKib())
                .as(() -> "resident, KiB; made of\n" + agent.memory())
                .isLessThan(RESIDENT_KIB);
        assertThat(agent.liveHeapKib() - liveBefore)
                .as("growth of the live heap, KiB")
                .isLessThan(GROWTH_KIB);
    }

    private static void run(Container container, String task, String file, int count) {
        container
                .exec(VictimTools.VICTIM, task, file, Integer.toString(count))
                .within(Duration.ofMinutes(5))
                .check();
    }

    private static List<AlertLine> awaitCount(
            AgentProcess agent, String rule, Container container, int count) {
        Pause.until(
                count + " alerts of '" + rule + "'",
                Duration.ofSeconds(60),
                () -> alerts(agent, rule, container).size() >= count,
                () ->
                        "only "
                                + alerts(agent, rule, container).size()
                                + " came; log:\n"
                                + agent.logText());
        return alerts(agent, rule, container);
    }

    private static List<AlertLine> alerts(AgentProcess agent, String rule, Container container) {
        return agent.alerts().all(a -> a.rule().equals(rule) && a.from(container));
    }
}
