// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.AlertLine;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import dev.torimono.e2e.fixture.VictimTools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Figures of the agent as a whole process: run by {@code bench/scripts/whole-process}, never by the
 * build. Prints one line a figure.
 */
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WholeProcessBenchmark {
    private static final String LEAF_RULE =
            """
            - rule: Every leaf
              desc: each program the loop starts
              condition: spawned_process and container and proc.name = leaf
              output: leaf %proc.args in %container.id
              priority: DEBUG
            """;
    private static final int ROUNDS = 3;

    private final DockerDaemon docker;
    private final List<String> figures = new ArrayList<>();

    WholeProcessBenchmark(DockerDaemon docker) {
        this.docker = docker;
    }

    @AfterAll
    void print() {
        figures.forEach(System.out::println);
    }

    private Container container() {
        List<String> options = new ArrayList<>(VictimTools.mount(docker));
        options.addAll(List.of("--network", "none"));
        return docker.run(docker.images().busybox(), options, "sleep", "1000000");
    }

    @Test
    void latencyFromExecToAlertLine() {
        try (AgentProcess agent =
                        new AgentSetup(docker, "latency").rules("leaf.yaml", LEAF_RULE).start();
                Container container = container()) {
            stampedExecs(container, 200, 10);
            Pause.until("warm-up", Duration.ofSeconds(30), () -> leaves(agent, container) >= 200);
            stampedExecs(container, 200, 20);
            Pause.until(
                    "200 alerts", Duration.ofSeconds(30), () -> leaves(agent, container) >= 400);
            List<Long> ns =
                    agent.alerts().all(a -> isLeaf(a, container)).subList(200, 400).stream()
                            .map(a -> a.arrivedEpochNs() - Long.parseLong(a.field("proc.args")))
                            .toList();
            figure("exec to alert line, 200 execs", quantiles(ns));
        }
    }

    @Test
    void latencyOfDockerExecWithATerminal() {
        try (AgentProcess agent = new AgentSetup(docker, "docker-exec").start();
                Container container = container()) {
            for (int i = 0; i < 200; i++) {
                container.terminal("sh", "-c", "true").check();
            }
            Pause.until(
                    "200 alerts",
                    Duration.ofSeconds(30),
                    () -> agent.alerts().all(a -> a.from(container)).size() >= 200);
            List<AlertLine> alerts = agent.alerts().all(a -> a.from(container));
            assertThat(alerts).hasSize(200);
            figure(
                    "event time to alert line, 200 docker exec -it",
                    quantiles(
                            alerts.stream()
                                    .map(a -> a.arrivedEpochNs() - a.eventTimeNs())
                                    .toList()));
        }
    }

    @Test
    void overheadOfTheShippedRules() {
        try (Container container = container()) {
            container.exec("touch", "/tmp/plain").check();
            List<Times> execBare = new ArrayList<>();
            List<Times> execWatched = new ArrayList<>();
            List<Times> openBare = new ArrayList<>();
            List<Times> openWatched = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                execBare.add(times(container, "fork-exec", VictimTools.LEAF, 20_000));
                openBare.add(times(container, "open-close", "/tmp/plain", 1_000_000));
                try (AgentProcess agent = new AgentSetup(docker, "overhead-" + round).start()) {
                    Duration before = agent.cpuTime();
                    execWatched.add(times(container, "fork-exec", VictimTools.LEAF, 20_000));
                    Duration between = agent.cpuTime();
                    openWatched.add(times(container, "open-close", "/tmp/plain", 1_000_000));
                    Duration after = agent.cpuTime();
                    figure(
                            "round " + round,
                            "agent CPU exec %d ms, open %d ms; RSS %d MiB"
                                    .formatted(
                                            between.minus(before).toMillis(),
                                            after.minus(between).toMillis(),
                                            agent.residentKib() / 1024));
                }
            }
            figure("20,000 fork+exec", compare(execBare, execWatched));
            figure("1,000,000 open+close", compare(openBare, openWatched));
        }
    }

    @Test
    void startMemoryAndIdling() {
        try (Container container = container()) {
            List<Long> ready = new ArrayList<>();
            List<Long> first = new ArrayList<>();
            container
                    .execDetached(
                            VictimTools.VICTIM, "stamped-exec", VictimTools.LEAF, "60000", "5")
                    .check();
            for (int round = 0; round < ROUNDS; round++) {
                AgentSetup setup =
                        new AgentSetup(docker, "start-" + round).rules("leaf.yaml", LEAF_RULE);
                long start = System.nanoTime();
                try (AgentProcess agent = AgentProcess.launch(setup.options())) {
                    agent.alerts()
                            .await(
                                    "the first event",
                                    a -> isLeaf(a, container),
                                    Duration.ofSeconds(30));
                    first.add(System.nanoTime() - start);
                    agent.awaitReady();
                    ready.add(System.nanoTime() - start);
                }
            }
            figure("start to first alert, " + ROUNDS + " starts", quantiles(first));
            figure("start to ready or later, " + ROUNDS + " starts", quantiles(ready));
        }
        try (AgentProcess agent = new AgentSetup(docker, "idle").start()) {
            Pause.millis(5_000);
            Duration before = agent.cpuTime();
            Pause.millis(30_000);
            double percent = agent.cpuTime().minus(before).toMillis() / 300.0;
            figure("CPU over 30 s without load of ours", "%.2f %% of a core".formatted(percent));
            figure("RSS after 35 s", agent.residentKib() / 1024 + " MiB");
        }
    }

    private void stampedExecs(Container container, int count, int pauseMs) {
        container
                .exec(
                        VictimTools.VICTIM,
                        "stamped-exec",
                        VictimTools.LEAF,
                        Integer.toString(count),
                        Integer.toString(pauseMs))
                .check();
    }

    /** What a loop took; its CPU time says more on a busy machine. */
    private record Times(double wall, double cpu) {}

    private static Times times(Container container, String task, String file, int count) {
        String[] seconds =
                container
                        .exec(VictimTools.VICTIM, task, file, Integer.toString(count))
                        .within(Duration.ofMinutes(5))
                        .check()
                        .text()
                        .split(" ");
        return new Times(Double.parseDouble(seconds[0]), Double.parseDouble(seconds[1]));
    }

    private static boolean isLeaf(AlertLine alert, Container container) {
        return alert.rule().equals("Every leaf") && alert.from(container);
    }

    private static int leaves(AgentProcess agent, Container container) {
        return agent.alerts().all(a -> isLeaf(a, container)).size();
    }

    private void figure(String what, String value) {
        figures.add(what + ": " + value);
    }

    private static String quantiles(List<Long> ns) {
        List<Long> sorted = ns.stream().sorted().toList();
        return "p50 %.1f ms, p99 %.1f ms, max %.1f ms"
                .formatted(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1.0));
    }

    private static double at(List<Long> sorted, double quantile) {
        int index = (int) Math.ceil(quantile * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)) / 1e6;
    }

    private static String compare(List<Times> bare, List<Times> watched) {
        return "median of %d: CPU %s; wall %s"
                .formatted(
                        bare.size(),
                        compare(median(bare, Times::cpu), median(watched, Times::cpu)),
                        compare(median(bare, Times::wall), median(watched, Times::wall)));
    }

    private static String compare(double without, double with) {
        return String.format(
                Locale.ROOT,
                "%.2f s without, %.2f s with (%+.1f %%)",
                without,
                with,
                (with / without - 1) * 100);
    }

    private static double median(List<Times> times, ToDoubleFunction<Times> part) {
        return times.stream().mapToDouble(part).sorted().toArray()[times.size() / 2];
    }
}
