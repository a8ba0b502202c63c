// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.host.Host;
import dev.torimono.host.HostConfig;
import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.model.Priority;
import dev.torimono.rules.LoadOptions;
import dev.torimono.rules.LoadResult;
import dev.torimono.rules.MatchStrategy;
import dev.torimono.rules.Matcher;
import dev.torimono.rules.RuleFile;
import dev.torimono.rules.RuleLoader;
import dev.torimono.rules.Ruleset;
import dev.torimono.rules.Selection;
import dev.torimono.sensor.Capability;
import dev.torimono.sensor.KernelProbe;
import dev.torimono.sensor.KernelSensor;
import dev.torimono.sensor.SensorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The kernel's filter leaves out nothing that matters: random rules over random activity, seen at
 * once by a sensor that filters and by one that does not, give the same findings.
 */
class DemandKernelTest {
    private static final int ROUNDS = Integer.getInteger("torimono.demand.rounds", 40);
    private static final int STEPS = 300;
    private static final long PATIENCE_NS = 60_000_000_000L;
    private static final Path SOURCE = Path.of("src/test/c/wanderer.c");
    private static final Path WANDERER = Path.of("target/wanderer").toAbsolutePath();
    private static final String OUTPUT =
            "did %evt.type %evt.rawres %fd.name %fd.nameraw %fd.num %proc.name tid=%thread.tid";

    private static final List<String> ATOMS =
            List.of(
                    "evt.type = openat",
                    "evt.type != open",
                    "evt.is_open_write = true",
                    "evt.is_open_write != true",
                    "evt.is_open_read = true",
                    "fd.num >= 0",
                    "evt.failed = true",
                    "evt.failed = false",
                    "fd.typechar = f",
                    "fd.typechar in (4, d)",
                    "fd.type in (ipv4, ipv6)",
                    "fd.type != file",
                    "fd.name in (/etc/shadow, /secret, DIR/a/secret)",
                    "fd.name = DIR/b/secret",
                    "fd.name startswith DIR/a/",
                    "fd.name startswith DIR/x",
                    "fd.name startswith /etc",
                    "fd.name pmatch (DIR/b, /dev)",
                    "fd.name glob /*/secret",
                    "fd.name endswith /secret",
                    "fd.name endswith sing",
                    "fd.name contains /b/",
                    "fd.name contains tori",
                    "fd.directory = DIR/a/b",
                    "fd.directory in (/a, /etc, DIR/y)",
                    "fd.directory startswith DIR/a",
                    "fd.filename in (kinsing, xmrig, passwd)",
                    "fd.filename = deep",
                    "fd.filename contains ecre",
                    "fd.sip = 127.0.0.1",
                    "container.id = host",
                    "container.id != host",
                    "proc.name = wanderer");

    private final Random random = new Random(20261126);
    private final Seen filtered = new Seen();
    private final Seen whole = new Seen();
    private Path directory = Path.of("/");

    /** One sensor with the stages behind it. */
    private static final class Seen {
        private final List<String> findings = new ArrayList<>();
        private long ended;

        private void poll(KernelSensor sensor, Host host, Matcher matcher) {
            sensor.poll(event -> take(event, host, matcher), 20);
        }

        private void take(Event event, Host host, Matcher matcher) {
            Observation observation = host.observe(event);
            if (observation != null) {
                matcher.match(
                        observation, found -> findings.add(found.rule() + ": " + found.message()));
            }
            if (event.type().symbol().equals("PROCEXIT_1_E")) {
                ended = Math.max(ended, event.tid() == awaited ? awaited : ended);
            }
        }

        private long awaited;

        private void expect(long pid) {
            findings.clear();
            awaited = pid;
            ended = 0;
        }

        /** What the wanderer did, in order. */
        private List<String> of(long pid) {
            return findings.stream().filter(f -> f.contains(" wanderer tid=" + pid)).toList();
        }
    }

    @Test
    void filterLeavesOutNothingThatMatters() throws Exception {
        assumeTrue(
                KernelProbe.inspect().capabilities().contains(Capability.CAP_SYS_ADMIN),
                "not root");
        compile();
        directory = Files.createTempDirectory("torimono-").toRealPath();
        int findings = 0;
        int flooded = 0;
        try (KernelSensor one = KernelSensor.open(SensorConfig.DEFAULT);
                KernelSensor two = KernelSensor.open(SensorConfig.DEFAULT);
                Host hostOfOne = new Host(HostConfig.live().withPlaces(one));
                Host hostOfTwo = new Host(HostConfig.live())) {
            hostOfOne.snapshot();
            hostOfTwo.snapshot();
            for (int round = 0; round < ROUNDS; round++) {
                String rules = rules();
                Ruleset ruleset = load(rules);
                Matcher matcherOfOne = matcher(ruleset);
                Matcher matcherOfTwo = matcher(ruleset);
                Demand demand = ruleset.demand();
                one.subscribe(demand);
                two.subscribe(new Demand(demand.eventTypes(), demand.environment()));
                long lost = one.lostTotal() + two.lostTotal();
                long pid = wander(round);
                await(
                        () -> {
                            filtered.poll(one, hostOfOne, matcherOfOne);
                            whole.poll(two, hostOfTwo, matcherOfTwo);
                            return filtered.ended == pid && whole.ended == pid;
                        });
                if (one.lostTotal() + two.lostTotal() > lost) {
                    // Somebody else floods this machine: such a round says nothing.
                    assertThat(++flooded).isLessThan(2 * ROUNDS);
                    round--;
                    continue;
                }
                assertThat(filtered.of(pid)).as("%s", rules).isEqualTo(whole.of(pid));
                findings += whole.of(pid).size();
            }
            assertThat(findings).isGreaterThan(10 * ROUNDS);
            assertThat(one.leftOut()).isGreaterThan(50L * ROUNDS);
            assertThat(two.leftOut()).isZero();
        } finally {
            clear();
            Files.delete(directory);
        }
    }

    private long wander(int seed) throws IOException {
        clear();
        Process process =
                new ProcessBuilder(
                                WANDERER.toString(),
                                Integer.toString(seed),
                                Integer.toString(STEPS),
                                directory.toString())
                        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                        .inheritIO()
                        .start();
        filtered.expect(process.pid());
        whole.expect(process.pid());
        return process.pid();
    }

    private void clear() throws IOException {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!path.equals(directory)) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void await(java.util.function.BooleanSupplier done) {
        long end = System.nanoTime() + PATIENCE_NS;
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the wanderer's end was not told").isLessThan(end);
        }
    }

    private String rules() {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 2; i++) {
            // A rule without a type would ask for everything, and leave nothing to filter.
            String types =
                    random.nextInt(8) == 0
                            ? "evt.type in (open, openat, openat2, creat, dup, dup2, dup3,"
                                    + " unlinkat)"
                            : "evt.type in (open, openat, openat2, creat, connect)";
            yaml.append(
                    """
                    - rule: r%d
                      desc: random
                      condition: %s and %s
                      output: %s
                      priority: INFO
                    """
                            .formatted(
                                    i,
                                    types,
                                    narrowed(condition(3)).replace("DIR", directory.toString()),
                                    OUTPUT));
        }
        return yaml.toString();
    }

    /** Mostly about some paths only, as rules are; or the filter would have little to leave out. */
    private String narrowed(String condition) {
        if (random.nextInt(6) == 0) {
            return condition;
        }
        List<String> paths = ATOMS.stream().filter(a -> a.matches("fd.(name|dir|file).*")).toList();
        return paths.get(random.nextInt(paths.size())) + " and (" + condition + ")";
    }

    private String condition(int depth) {
        return switch (random.nextInt(depth <= 0 ? 1 : 6)) {
            case 0 -> ATOMS.get(random.nextInt(ATOMS.size()));
            case 1, 2 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
            case 3 -> "not (" + condition(depth - 1) + ")";
            default -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
        };
    }

    private static Ruleset load(String rules) {
        LoadResult result =
                new RuleLoader(LoadOptions.DEFAULT)
                        .load(List.of(new RuleFile("random.yaml", rules)));
        assertThat(result.report().errors()).as("%s", rules).isEmpty();
        return result.ruleset();
    }

    private static Matcher matcher(Ruleset ruleset) {
        return ruleset.matcher(MatchStrategy.ALL, Selection.DEFAULT, Priority.DEBUG);
    }

    private static void compile() throws IOException, InterruptedException {
        Files.createDirectories(WANDERER.getParent());
        Process clang =
                new ProcessBuilder(
                                "clang",
                                "-O1",
                                "-Wall",
                                "-Wextra",
                                "-Wno-unused-result",
                                "-Werror",
                                "-o",
                                WANDERER.toString(),
                                SOURCE.toString())
                        .inheritIO()
                        .start();
        assertThat(clang.waitFor()).as("wanderer.c compiles").isZero();
    }
}
