// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.e2e.fixture.AgentProcess;
import dev.torimono.e2e.fixture.AgentSetup;
import dev.torimono.e2e.fixture.Alone;
import dev.torimono.e2e.fixture.CollectorProcess;
import dev.torimono.e2e.fixture.Command;
import dev.torimono.e2e.fixture.Container;
import dev.torimono.e2e.fixture.DockerDaemon;
import dev.torimono.e2e.fixture.NeedsDocker;
import dev.torimono.e2e.fixture.Pause;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * What a client of Sysdig's API does, call by call as its SDK sends them: a list, more items, a
 * rule, a policy that kills, a drift policy, the events. After each call something in the container
 * that goes on all the time must be ended by the agent, soon.
 */
@Alone
@NeedsDocker
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdkWalkScenario {
    /** From the call to the deed; what the API promises. */
    private static final Duration PROMISED = Duration.ofSeconds(2);

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A machine that is busy with other tests may be late, but not each time. */
    private static final int ROUNDS = 3;

    private final Container test;
    private final CollectorProcess collector;
    private final AgentProcess agent;

    SdkWalkScenario(DockerDaemon docker) {
        this.test = docker.sleeper();
        AgentSetup setup = new AgentSetup(docker, "sdk");
        this.collector = CollectorProcess.start(setup.file("collector"));
        List<String> options = new ArrayList<>(List.of(setup.options()));
        options.addAll(collector.agentOptions(setup.file("fleet")));
        this.agent = AgentProcess.start(options.toArray(String[]::new));
    }

    @AfterAll
    void stop() {
        agent.close();
        collector.close();
        test.close();
    }

    /** Something that goes on in the container until it is ended. */
    private static final class Deed {
        private final CompletableFuture<Long> endedAtNs;

        Deed(Command command) {
            endedAtNs =
                    CompletableFuture.supplyAsync(
                            () -> {
                                command.run();
                                return System.nanoTime();
                            },
                            work -> Thread.ofPlatform().daemon().start(work));
        }

        Duration after(long calledAtNs) {
            try {
                return Duration.ofNanos(
                        endedAtNs.get(LIMIT.toSeconds(), TimeUnit.SECONDS) - calledAtNs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            } catch (Exception e) {
                throw new AssertionError("the agent let it go on for " + LIMIT, e);
            }
        }
    }

    /** Does it again and again, for two minutes at most; then it says that nobody ended it. */
    private Deed repeated(String deed) {
        String script =
                "i=0; while [ $i -lt 2400 ]; do "
                        + deed
                        + " || exit 1; i=$((i+1)); sleep 0.05; done; sleep 100";
        return new Deed(test.exec("sh", "-c", script));
    }

    private static String file(int round, String which) {
        return "walk-" + round + which;
    }

    private void list(int round, String items, boolean append) {
        collector.call(
                "POST",
                "/api/secure/falco/lists",
                "{\"name\": \"walk_files_%d\", \"items\": {\"items\": [\"%s\"]}, \"append\": %s}"
                        .formatted(round, items, append));
    }

    private static String rule(int round) {
        return """
        {"name": "Walk file written %1$d", "description": "from the SDK", "tags": ["walk"],
         "details": {"ruleType": "FALCO", "append": false, "source": "syscall",
          "output": "a file was written (file=%%fd.name)", "priority": "warning",
          "condition": {"components": [], "condition": "evt.type in (open, openat, openat2) and \
        evt.is_open_write = true and fd.filename in (walk_files_%1$d)"}}}"""
                .formatted(round);
    }

    private String killing(int round) {
        return """
        {"name": "Walk kills %1$d", "description": "from the SDK", "severity": 2, "enabled": true,
         "type": "falco", "scope": "container.name = %2$s", "ruleNames": ["Walk file written %1$d"],
         "notificationChannelIds": [], "actions": [{"type": "POLICY_ACTION_KILL_PROCESS"}]}"""
                .formatted(round, test.name());
    }

    private String drift(int round) {
        return """
        {"name": "Walk drift %d", "description": "from the SDK", "severity": 1, "enabled": true,
         "type": "drift", "scope": "container.name = %s", "notificationChannelIds": [],
         "actions": [{"type": "POLICY_ACTION_PREVENT_DRIFT"}],
         "rules": [{"ruleName": "Walk drift", "details": {"ruleType": "DRIFT", "mode": "enabled",
          "exceptionList": {"items": [], "matchItems": true},
          "prohibitedBinaries": {"items": [], "matchItems": true},
          "mountedVolumeDriftEnabled": false, "useRegex": false}}]}"""
                .formatted(round, test.name());
    }

    /** Each call, and how long after it the agent ended what it forbids. */
    private Map<String, Duration> walk(int round) {
        Map<String, Duration> took = new LinkedHashMap<>();
        List<Long> policies = new ArrayList<>();
        list(round, file(round, "a"), false);
        collector.call("POST", "/api/secure/rules", rule(round));
        collector.awaitInForce();

        Deed first = repeated("echo > /tmp/" + file(round, "a"));
        collector.awaitEvent("ruleName = \"Walk file written " + round + "\"");
        long calledAtNs = System.nanoTime();
        policies.add(id(collector.call("POST", "/api/v2/policies", killing(round))));
        took.put("policy", first.after(calledAtNs));

        Deed second = repeated("echo > /tmp/" + file(round, "b"));
        calledAtNs = System.nanoTime();
        list(round, file(round, "b"), true);
        took.put("append", second.after(calledAtNs));

        Deed third = repeated("cp /bin/busybox /tmp/busybox; /tmp/busybox true");
        calledAtNs = System.nanoTime();
        policies.add(id(collector.call("POST", "/api/v2/policies/batch", drift(round))));
        took.put("drift", third.after(calledAtNs));

        theEventsAreThere(round);
        for (long policy : policies) {
            collector.call("DELETE", "/api/v2/policies/" + policy, "");
        }
        collector.awaitInForce();
        return took;
    }

    private static long id(JsonNode created) {
        return created.path("id").asLong(-1);
    }

    private void theEventsAreThere(int round) {
        String killed = "name = \"Walk kills " + round + "\"";
        String prevented = "name = \"Walk drift " + round + "\"";
        collector.awaitEvent(killed + " and action = process_killed and actionStatus = done");
        String refused = prevented + " and engine = \"drift\" and action = drift_prevented";
        // While a container is being armed what drifts is killed; from then on it is refused.
        Pause.until(
                "a refused exec: " + refused,
                LIMIT,
                () -> {
                    test.exec("sh", "-c", "cp /bin/busybox /tmp/again; /tmp/again true").run();
                    return !collector.events(refused).isEmpty();
                });
        long nowNs = TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli());
        JsonNode page =
                collector.call(
                        "GET",
                        "/secure/events/v1/events?from=%d&to=%d&limit=50&filter=%s"
                                .formatted(
                                        nowNs - TimeUnit.MINUTES.toNanos(10),
                                        nowNs,
                                        URLEncoder.encode(
                                                "severity in (\"1\",\"2\") and container.name = \""
                                                        + test.name()
                                                        + "\"",
                                                StandardCharsets.UTF_8)),
                        "");
        assertThat(page.path("page").path("total").asLong(0)).isGreaterThanOrEqualTo(3);
        for (JsonNode event : page.path("data")) {
            assertThat(event.path("id").asString("")).hasSize(32);
            assertThat(event.path("severity").asInt(-1)).isBetween(1, 2);
            assertThat(event.path("content").path("ruleName").asString("")).isNotEmpty();
            assertThat(event.path("labels").path("container.name").asString(""))
                    .isEqualTo(test.name());
        }
    }

    @Test
    void whatTheSdkCallsIsEnforcedWithinTwoSeconds() {
        collector.awaitInForce();
        List<Map<String, Duration>> rounds = new ArrayList<>();
        boolean kept = false;
        while (!kept && rounds.size() < ROUNDS) {
            Map<String, Duration> took = walk(rounds.size());
            rounds.add(took);
            System.out.println("from the call to the deed: " + took);
            kept = took.values().stream().allMatch(each -> each.compareTo(PROMISED) <= 0);
        }
        assertThat(kept)
                .as("each within %s in one of %d rounds: %s", PROMISED, ROUNDS, rounds)
                .isTrue();
    }
}
