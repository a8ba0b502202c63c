// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.fleet.SpoolProcess;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Images;
import dev.torimono.e2e.fixture.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Kills collector and agent at random under load, round after round: every alert that was on the
 * agent's disk ends up stored, once. {@code -Dtorimono.e2e.kill-rounds=50} for the long form.
 */
final class KillRoundsScenario {
    private static final int ROUNDS = Integer.getInteger("torimono.e2e.kill-rounds", 3);
    private static final int RATE = Integer.getInteger("torimono.e2e.kill-rate", 500);
    private static final long SEED = Long.getLong("torimono.e2e.kill-seed", 11L);

    /** Between the numbers of one life of the agent and the next. */
    private static final long LIFE = 10_000_000;

    @TempDir private Path folder;
    private CollectorProcess collector;
    private Process agent;
    private Thread reading;

    /** The agent's lives so far; each counts from its own beginning. */
    private int lives;

    /** The last number that was said to be on disk; -1 for none in this life. */
    private volatile long said = -1;

    /** First and last number of each life. */
    private final List<long[]> ranges = new ArrayList<>();

    @Test
    void everyAlertIsStoredOnceWhoeverIsKilledWhen() throws Exception {
        Random random = new Random(SEED);
        Path fleet = Files.createDirectories(folder.resolve("fleet"));
        try (CollectorProcess started = CollectorProcess.start(folder.resolve("collector"))) {
            collector = started;
            startAgent(fleet, RATE);
            for (int round = 0; round < ROUNDS; round++) {
                Thread.sleep(300 + random.nextInt(2500));
                int who = random.nextInt(3);
                if (who != 0) {
                    killAgent();
                }
                if (who != 1) {
                    collector.kill();
                    Thread.sleep(random.nextInt(500));
                    collector.restart();
                }
                if (who != 0) {
                    startAgent(fleet, RATE);
                }
            }
            killAgent();
            startAgent(fleet, 0);
            assertThat(agent.waitFor(5, TimeUnit.MINUTES)).isTrue();
            Map<Long, Integer> stored = settled();
            long expected = 0;
            for (long[] range : ranges) {
                for (long number = range[0]; number <= range[1]; number++) {
                    assertThat(stored.getOrDefault(number, 0)).as("number " + number).isEqualTo(1);
                    expected++;
                }
            }
            assertThat(expected).isPositive();
            // Those on disk that a kill kept from being said; none twice either.
            assertThat(stored.values()).allMatch(times -> times == 1);
            System.out.println(
                    ROUNDS
                            + " rounds, "
                            + (lives - 1)
                            + " kills of the agent: "
                            + stored.size()
                            + " alerts stored, each once");
        } finally {
            agent.destroyForcibly();
        }
    }

    private void startAgent(Path fleet, int rate) throws IOException {
        List<String> options = collector.agentOptions(fleet);
        List<String> command = new ArrayList<>();
        command.add(Images.javaHome().resolve("bin/java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(SpoolProcess.class.getName());
        // --set key=value, of the collector, its certificate and the access key.
        for (int i = 1; i <= 5; i += 2) {
            command.add(options.get(i).substring(options.get(i).indexOf('=') + 1));
        }
        command.addAll(
                List.of(fleet.toString(), Long.toString(lives * LIFE), Integer.toString(rate)));
        agent = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        said = -1;
        BufferedReader lines = agent.inputReader();
        long first = lives * LIFE;
        reading = Thread.ofVirtual().start(() -> read(lines, first));
        lives++;
    }

    private void read(BufferedReader lines, long first) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // The last one may be cut by the kill, and then looks like a smaller number.
                if (line.matches("\\d+") && Long.parseLong(line) >= first) {
                    said = Math.max(said, Long.parseLong(line));
                }
            }
        } catch (IOException e) {
            // It was killed: what was read by then counts.
        }
    }

    private void killAgent() throws InterruptedException {
        agent.destroyForcibly();
        agent.waitFor();
        reading.join();
        if (said >= 0) {
            ranges.add(new long[] {(lives - 1) * LIFE, said});
        }
    }

    /** Searches see a moment later what was kept: the last alerts may take a second. */
    private Map<Long, Integer> settled() {
        Map<Long, Integer> stored = stored();
        for (int tries = 0; tries < 50 && !areAllIn(stored); tries++) {
            Pause.millis(200);
            stored = stored();
        }
        return stored;
    }

    private boolean areAllIn(Map<Long, Integer> stored) {
        return ranges.stream()
                .allMatch(
                        range ->
                                LongStream.rangeClosed(range[0], range[1])
                                        .allMatch(stored::containsKey));
    }

    private Map<Long, Integer> stored() {
        Map<Long, Integer> stored = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page =
                    collector.call(
                            "GET", "/secure/events/v1/events?limit=1000&cursor=" + cursor, "");
            for (JsonNode event : page.path("data")) {
                long number = event.path("content").path("fields").path("evt.num").asLong(-1);
                stored.merge(number, 1, Integer::sum);
            }
            cursor = page.path("page").path("prev").asString("");
        } while (!cursor.isEmpty());
        return stored;
    }
}
