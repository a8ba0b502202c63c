// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Policies that come with the program are changed in what is their owner's, over the API. */
final class ManagedPolicyTest {
    private static final String POLICIES = "/api/v2/policies";
    private static final String NOTABLE = "Runtime Notable Events";
    private static final String SHELL = "Terminal shell in container";

    private static ObjectNode policy(RunningCollector collector, String name) {
        for (JsonNode each : collector.get(POLICIES, collector.admin()).json()) {
            if (each.path("name").asString("").equals(name)) {
                return (ObjectNode) each;
            }
        }
        throw new AssertionError("no policy " + name);
    }

    private static Answer call(RunningCollector collector, String method, ObjectNode policy) {
        return collector.call(
                method,
                POLICIES + "/" + policy.path("id").asLong(),
                collector.admin(),
                method.equals("PUT") ? Json.bytes(policy) : new byte[0]);
    }

    private static String bundle(RunningCollector collector) {
        return collector
                .get("/api/v1/bundle", collector.admin())
                .json()
                .path("policies")
                .asString("");
    }

    private static ObjectNode changed(ObjectNode policy) {
        policy.put("severity", 6).put("scope", "container.image.repo != debian");
        policy.putArray("actions").addObject().put("type", "POLICY_ACTION_PAUSE");
        for (JsonNode rule : policy.path("rules")) {
            ((ObjectNode) rule).put("enabled", !rule.path("ruleName").asString("").equals(SHELL));
        }
        return policy;
    }

    @Test
    void whatIsChangedIsKeptOverARestartAndToldToAgents(@TempDir Path folder) throws Exception {
        ObjectNode answered;
        try (RunningCollector collector = new RunningCollector(folder)) {
            assertThat(bundle(collector)).doesNotContain("managed");
            Answer put = call(collector, "PUT", changed(policy(collector, NOTABLE)));
            assertThat(put.status()).as(put.text()).isEqualTo(200);
            assertThat(Schema.misfits(put.json(), "Policy")).isEmpty();
            answered = put.object();
            assertThat(answered.path("modified").asBoolean()).isTrue();
            assertThat(answered.path("shipped").toString())
                    .contains("\"severity\":5", "\"scope\":\"\"", "\"actions\":[]")
                    .contains("{\"ruleName\":\"" + SHELL + "\",\"enabled\":true}")
                    .doesNotContain("Read sensitive file untrusted", "runbook");
            assertThat(bundle(collector))
                    .contains("managed:\n")
                    .contains("\"name\":\"" + NOTABLE + "\"")
                    .contains("\"severity\":6")
                    .contains("\"container\":\"pause\"")
                    .contains("{\"name\":\"" + SHELL + "\",\"enabled\":false}")
                    .doesNotContain("Read sensitive file untrusted", "description", "optional\":f");
        }
        try (RunningCollector collector = new RunningCollector(folder)) {
            ObjectNode again = policy(collector, NOTABLE);
            assertThat(again).isEqualTo(answered);
            assertThat(bundle(collector)).contains("\"severity\":6");
            Answer deleted = call(collector, "DELETE", again);
            assertThat(deleted.json().path("severity").asInt()).isEqualTo(5);
            assertThat(bundle(collector)).doesNotContain("managed");
            assertThat(policy(collector, NOTABLE).path("modified").asBoolean()).isFalse();
            assertThat(policy(collector, NOTABLE).has("shipped")).isFalse();
            assertThat(call(collector, "DELETE", again).status()).isEqualTo(409);
        }
    }

    @Test
    void whoSawAnEarlierVersionIsRefusedAndWhatIsAsItShipsIsNoChange(@TempDir Path folder)
            throws Exception {
        try (RunningCollector collector = new RunningCollector(folder)) {
            ObjectNode ships = policy(collector, "Container Drift");
            assertThat(call(collector, "PUT", ships).json().path("modified").asBoolean()).isFalse();
            assertThat(bundle(collector)).doesNotContain("managed");
            Answer off = call(collector, "PUT", ships.deepCopy().put("enabled", false));
            assertThat(off.json().path("enabled").asBoolean(true)).isFalse();
            assertThat(bundle(collector)).contains("\"enabled\":false");
            assertThat(call(collector, "PUT", ships).status()).as("version").isEqualTo(409);
            Answer on = call(collector, "PUT", off.object().put("enabled", true));
            assertThat(on.json().path("modified").asBoolean()).isFalse();
            assertThat(bundle(collector)).doesNotContain("managed");
        }
    }

    @Test
    void whatIsOursIsRefused(@TempDir Path folder) throws Exception {
        Map<String, String> refused =
                Map.of(
                        "{\"name\": \"Mine\"}", "keeps its name",
                        "{\"description\": \"mine\"}", "description: cannot be changed",
                        "{\"type\": \"drift\"}", "type: cannot be changed",
                        "{\"rules\": []}", "rules: cannot be changed",
                        "{\"rules\": [{\"ruleName\": \"Execution from /dev/shm\"}]}", "rules",
                        "{\"severity\": 9}", "severity",
                        "{\"scope\": \"no.such.field = x\"}", "scope",
                        "{\"notificationChannelIds\": [77]}", "there is no channel 77");
        try (RunningCollector collector = new RunningCollector(folder)) {
            for (Map.Entry<String, String> each : refused.entrySet()) {
                ObjectNode policy = policy(collector, NOTABLE);
                policy.setAll(Json.object(each.getKey().getBytes(StandardCharsets.UTF_8)));
                Answer answer = call(collector, "PUT", policy);
                assertThat(answer.status()).as(each.getKey() + answer.text()).isEqualTo(422);
                assertThat(answer.text()).contains(each.getValue());
                assertThat(policy(collector, NOTABLE).path("modified").asBoolean()).isFalse();
            }
        }
    }

    @Test
    void whatAChangeWouldHaveDoneIsTold(@TempDir Path folder) throws Exception {
        try (RunningCollector collector = new RunningCollector(folder)) {
            ObjectNode draft = Json.object();
            draft.set("policy", changed(policy(collector, NOTABLE)));
            Answer told = collector.post("/api/v1/what-if/policy", collector.admin(), draft);
            assertThat(told.status()).as(told.text()).isEqualTo(200);
            assertThat(told.text()).contains("pause");
            ObjectNode exception = Json.object().put("policy", NOTABLE);
            exception
                    .putObject("exception")
                    .put("name", "e")
                    .put("reason", "r")
                    .put("owner", "o")
                    .put("when", "proc.name = sh");
            Answer tried =
                    collector.post("/api/v1/what-if/exception", collector.admin(), exception);
            assertThat(tried.status()).as(tried.text()).isEqualTo(200);
        }
    }
}
