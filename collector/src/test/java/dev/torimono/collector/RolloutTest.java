// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Two agents, of which one is a canary, and what reaches them when. */
final class RolloutTest {
    private static final String PATH = "/api/v1/rollout";

    @TempDir private Path folder = Path.of("");
    private RunningCollector collector;

    /** As far as an agent is what it asks and reports. */
    private final class Agent {
        private final String token;
        private String inForce = "";
        private String refused = "";
        private String has = "";

        Agent(String hostname, String ring) {
            ObjectNode facts = Json.object().put("hostname", hostname);
            facts.putObject("tags").put("ring", ring);
            token =
                    collector
                            .post("/fleet/v1/enrol", collector.accessKey(), facts)
                            .json()
                            .path("token")
                            .asString();
        }

        /** Takes what there is for it; refuses it when told to. Returns what it enforces. */
        String sync(String refusal) {
            JsonNode bundle = report().path("bundle");
            if (bundle.isObject()) {
                has = bundle.path("version").asString();
                refused = refusal;
                inForce = refusal.isEmpty() ? has : inForce;
                report();
            }
            return inForce;
        }

        String sync() {
            return sync("");
        }

        private JsonNode report() {
            ObjectNode report = Json.object();
            report.put("has", has).put("inForce", inForce).put("refused", refused).put("waitMs", 0);
            Answer answer = collector.post("/fleet/v1/sync", token, report);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            return answer.json();
        }
    }

    @BeforeEach
    void begin() throws Exception {
        collector = new RunningCollector(folder);
    }

    @AfterEach
    void end() {
        collector.close();
    }

    private JsonNode rollout() {
        Answer answer = collector.get(PATH, collector.admin());
        assertThat(Schema.misfits(answer.json(), "Rollout")).isEmpty();
        return answer.json();
    }

    private void plan(String json) {
        Answer answer = collector.call("PUT", PATH, collector.admin(), json);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Gives everybody something new to enforce; returns its version. */
    private String change(String item) {
        String body =
                "{\"name\": \"l_%s\", \"append\": false, \"items\": {\"items\": [\"%s\"]}}"
                        .formatted(item, item);
        Answer answer = collector.call("POST", "/api/secure/falco/lists", collector.admin(), body);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return collector.get("/api/v1/bundle", collector.admin()).json().path("version").asString();
    }

    private void awaitSync(Agent agent, String version) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!agent.sync().equals(version)) {
            assertThat(System.nanoTime()).as(rollout().toString()).isLessThan(endNs);
            Thread.sleep(50);
        }
    }

    @Test
    void withoutAPlanEverybodyGetsItAtOnceAndAnEarlierOneCanComeBack() throws Exception {
        Agent agent = new Agent("a", "prod");
        String first = change("one");
        awaitSync(agent, first);
        String second = change("two");
        awaitSync(agent, second);
        JsonNode bundles = collector.get("/api/v1/bundles", collector.admin()).json();
        assertThat(Schema.misfits(bundles, "Bundles")).isEmpty();
        assertThat(bundles.path(0).path("version").asString()).isEqualTo(second);
        assertThat(bundles.path(0).path("agents").asInt()).isEqualTo(1);
        assertThat(bundles.path(1).path("version").asString()).isEqualTo(first);
        long number = bundles.path(1).path("number").asLong();
        Answer pinned =
                collector.call(
                        "PUT", PATH + "/pin", collector.admin(), "{\"bundle\": " + number + "}");
        assertThat(pinned.status()).isEqualTo(200);
        awaitSync(agent, first);
        change("three");
        assertThat(agent.sync()).isEqualTo(first);
        JsonNode shown = collector.get("/api/v1/agents", collector.admin()).json().path(0);
        assertThat(shown.path("bundleTarget").asString()).isEqualTo(first);
        assertThat(shown.path("bundleInForce").asString()).isEqualTo(first);
        collector.close();
        collector = new RunningCollector(folder);
        assertThat(agent.sync()).isEqualTo(first);
        assertThat(collector.call("DELETE", PATH + "/pin", collector.admin(), "").status())
                .isEqualTo(204);
        awaitSync(
                agent,
                collector
                        .get("/api/v1/bundle", collector.admin())
                        .json()
                        .path("version")
                        .asString());
        assertThat(
                        collector
                                .call("PUT", PATH + "/pin", collector.admin(), "{\"bundle\": 99}")
                                .status())
                .isEqualTo(422);
    }

    @Test
    void itGoesFromStageToStageWhileItDoesWell() throws Exception {
        Agent canary = new Agent("c", "canary");
        Agent prod = new Agent("p", "prod");
        String before = change("one");
        awaitSync(canary, before);
        awaitSync(prod, before);
        plan("{\"stages\": [{\"tags\": {\"ring\": \"canary\"}, \"minutes\": -1}]}");
        String next = change("two");
        awaitSync(canary, next);
        Thread.sleep(3000);
        assertThat(prod.sync()).isEqualTo(before);
        assertThat(rollout().path("stage").asInt()).isZero();
        assertThat(collector.call("POST", PATH + "/advance", collector.admin(), "{}").status())
                .isEqualTo(200);
        awaitSync(prod, next);
        assertThat(rollout().path("candidate").asLong()).isZero();
        plan("{\"stages\": [{\"tags\": {\"ring\": \"canary\"}, \"minutes\": 0}]}");
        String last = change("three");
        awaitSync(canary, last);
        awaitSync(prod, last);
    }

    @Test
    void aRefusalHaltsIt() throws Exception {
        Agent canary = new Agent("canary-1", "canary");
        Agent prod = new Agent("p", "prod");
        String before = change("one");
        awaitSync(canary, before);
        awaitSync(prod, before);
        plan("{\"stages\": [{\"tags\": {\"ring\": \"canary\"}, \"minutes\": 0}]}");
        change("two");
        canary.sync("this kernel cannot");
        JsonNode halted = rollout();
        assertThat(halted.path("halted").asString())
                .isEqualTo("canary-1 refuses it: this kernel cannot");
        assertThat(halted.path("refusing").path(0).path("hostname").asString())
                .isEqualTo("canary-1");
        Thread.sleep(3000);
        assertThat(prod.sync()).isEqualTo(before);
        canary.refused = "";
        String better = change("better");
        awaitSync(canary, better);
        awaitSync(prod, better);
    }

    @Test
    void nothingNewReachesAnybodyInAFreezeButWhatSomeoneInsistsOn() throws Exception {
        Agent agent = new Agent("a", "prod");
        String before = change("one");
        awaitSync(agent, before);
        plan(
                "{\"freezes\": [{\"from\": \"2020-01-01T00:00:00Z\", \"to\":"
                        + " \"2099-01-01T00:00:00Z\"}]}");
        String next = change("two");
        Thread.sleep(3000);
        assertThat(agent.sync()).isEqualTo(before);
        assertThat(rollout().path("frozen").asBoolean()).isTrue();
        assertThat(collector.call("POST", PATH + "/advance", collector.admin(), "{}").status())
                .isEqualTo(409);
        assertThat(
                        collector
                                .call(
                                        "POST",
                                        PATH + "/advance",
                                        collector.admin(),
                                        "{\"despiteFreeze\": true}")
                                .status())
                .isEqualTo(200);
        awaitSync(agent, next);
        plan("{}");
        String last = change("three");
        awaitSync(agent, last);
    }

    @Test
    void plansThatMakeNoSenseAreRefused() {
        String[] bad = {
            "{\"stages\": [{\"tags\": {}}]}",
            "{\"stages\": [{\"tags\": {\"a\": \"b\"}, \"minutes\": -2}]}",
            "{\"freezes\": [{\"from\": \"yesterday\", \"to\": \"tomorrow\"}]}",
            "{\"freezes\": [{\"from\": \"2026-02-01T00:00:00Z\", \"to\": \"2026-01-01T00:00:00Z\"}]}",
            "{\"freezes\": [{\"days\": [\"someday\"], \"from\": \"18:00\", \"to\": \"06:00\"}]}",
            "{\"freezes\": [{\"days\": [\"sat\"], \"from\": \"18:00\", \"to\": \"06:00\", \"zone\": \"Mars\"}]}",
        };
        for (String each : bad) {
            assertThat(collector.call("PUT", PATH, collector.admin(), each).status())
                    .as(each)
                    .isEqualTo(422);
        }
        assertThat(rollout().path("plan").toString()).isEqualTo("{\"stages\":[],\"freezes\":[]}");
    }
}
