// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Sysdig's Python client and Terraform provider send, written out. */
final class CatalogTest extends OneCollector {
    private static final String LISTS = "/api/secure/falco/lists";
    private static final String RULES = "/api/secure/rules";
    private static final String POLICIES = "/api/v2/policies";

    private Answer send(String method, String path, String body) {
        return collector().call(method, path, collector().admin(), body);
    }

    private ObjectNode good(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.object();
    }

    private JsonNode bundle() {
        return collector().get("/api/v1/bundle", collector().admin()).json();
    }

    private static String rule(String name, String condition) {
        return """
                {"name": "%s", "description": "d", "tags": ["t"],
                 "details": {"ruleType": "FALCO", "append": false, "source": "syscall",
                   "output": "ran %%proc.name", "priority": "warning",
                   "condition": {"condition": "%s", "components": []}}}"""
                .formatted(name, condition);
    }

    @Test
    void listsRulesAndPoliciesBecomeOneBundle() {
        ObjectNode list =
                good(
                        send(
                                "POST",
                                LISTS,
                                "{\"name\": \"my_files\", \"items\": {\"items\": [\"a.txt\"]}, \"append\": false}"));
        assertThat(Schema.misfits(list, "FalcoList")).isEmpty();
        good(
                send(
                        "POST",
                        LISTS,
                        "{\"name\": \"my_files\", \"items\": {\"items\": [\"b.txt\"]}, \"append\": true}"));
        good(
                send(
                        "POST",
                        LISTS,
                        "{\"name\": \"my_files\", \"items\": {\"items\": [\"c.txt\"]}, \"append\": true}"));
        good(
                send(
                        "POST",
                        "/api/secure/falco/macros",
                        "{\"name\": \"my_macro\", \"condition\": {\"condition\": \"proc.name = x\"}}"));
        good(
                send(
                        "POST",
                        RULES,
                        rule(
                                "My rule",
                                "evt.type = execve and my_macro and fd.name in (my_files)")));
        ObjectNode policy =
                good(
                        send(
                                "POST",
                                POLICIES,
                                """
                                {"name": "No x", "description": "d", "ruleNames": ["My rule"],
                                 "actions": [{"type": "POLICY_ACTION_KILL_PROCESS"}],
                                 "scope": "container.id != \\"\\"", "severity": 2, "enabled": true,
                                 "notificationChannelIds": [], "type": "falco"}"""));
        assertThat(Schema.misfits(policy, "Policy")).isEmpty();
        good(
                send(
                        "POST",
                        POLICIES + "/batch",
                        """
                        {"name": "Drift", "description": "d", "type": "drift", "severity": 1,
                         "actions": [{"type": "POLICY_ACTION_PREVENT_DRIFT"}],
                         "rules": [{"ruleName": "r", "details": {"ruleType": "DRIFT", "mode": "enabled",
                           "exceptionList": {"items": ["/opt/x"]}, "prohibitedBinaries": {"items": ["/usr/bin/nc"]},
                           "mountedVolumeDriftEnabled": true}}]}"""));
        JsonNode bundle = bundle();
        assertThat(bundle.path("rules").asString())
                .contains(
                        "{\"list\":\"my_files\",\"items\":[\"c.txt\"],\"append\":true}",
                        "\"rule\":\"My rule\"");
        assertThat(bundle.path("policies").asString())
                .contains(
                        "\"kill_process\":true",
                        "\"prohibited_binaries\":[\"/usr/bin/nc\"]",
                        "\"volumes\":true");
        assertThat(collector().get(LISTS + "/groups?name=my_files", collector().admin()).json())
                .hasSize(3);
        String path = POLICIES + "/" + policy.path("id").asLong();
        policy.put("severity", 5);
        assertThat(good(send("PUT", path, policy.toString())).path("version").asInt()).isEqualTo(2);
        assertThat(send("PUT", path, policy.toString()).status())
                .as("stale version")
                .isEqualTo(409);
        assertThat(send("DELETE", path, "").status()).isEqualTo(200);
        assertThat(send("GET", path, "").status()).isEqualTo(404);
    }

    @Test
    void whatWouldBeUnsoundIsRefused() {
        String before = bundle().path("version").asString();
        assertThat(send("POST", RULES, rule("Bad", "proc.nam = x")).text())
                .contains("\"code\":\"invalid\"", "proc.nam");
        assertThat(send("POST", RULES, rule("Bad", "no_such_macro")).status()).isEqualTo(422);
        assertThat(
                        send(
                                        "POST",
                                        POLICIES,
                                        "{\"name\": \"P\", \"description\": \"d\", \"ruleNames\": [\"None such\"]}")
                                .status())
                .isEqualTo(422);
        assertThat(send("POST", POLICIES, "{\"name\": \"P\", \"description\": \"\"}").status())
                .isEqualTo(422);
        assertThat(
                        send(
                                        "POST",
                                        POLICIES,
                                        "{\"name\": \"P\", \"description\": \"d\", \"severity\": 8}")
                                .status())
                .isEqualTo(422);
        assertThat(
                        send(
                                        "POST",
                                        POLICIES,
                                        "{\"name\": \"P\", \"description\": \"d\", \"scope\": \"a b c\"}")
                                .status())
                .isEqualTo(422);
        assertThat(send("POST", LISTS, "{\"name\": \"l\", \"items\": [1]}").status())
                .isEqualTo(422);
        assertThat(send("POST", LISTS, "{\"name\": ").status()).isEqualTo(400);
        assertThat(bundle().path("version").asString()).isEqualTo(before);
    }

    @Test
    void aRuleThatAPolicyNamesStays() {
        long id = good(send("POST", RULES, rule("Named", "proc.name = named"))).path("id").asLong();
        good(
                send(
                        "POST",
                        POLICIES,
                        "{\"name\": \"Names it\", \"description\": \"d\", \"ruleNames\": [\"Named\"]}"));
        assertThat(send("DELETE", RULES + "/" + id, "").status()).isEqualTo(422);
        assertThat(send("GET", RULES + "/" + id, "").status()).isEqualTo(200);
        assertThat(send("POST", RULES, rule("Named", "proc.name = other")).status()).isEqualTo(409);
    }

    @Test
    void namesCannotBreakOutOfTheBundle() {
        String hostile = "x\\\"}\\n- rule: evil <script>alert(1)</script> '; DROP TABLE agent; --";
        ObjectNode made = good(send("POST", RULES, rule(hostile, "proc.name = hostile")));
        assertThat(made.path("name").asString()).contains("\n- rule: evil");
        assertThat(
                        bundle().path("rules")
                                .asString()
                                .lines()
                                .filter(line -> line.contains("hostile")))
                .hasSize(1);
    }

    @Test
    void agentsThatWaitHearOfAChange() {
        String agent = collector().enrol("waiting");
        String has = bundle().path("version").asString();
        String report =
                "{\"has\": \""
                        + has
                        + "\", \"inForce\": \""
                        + has
                        + "\", \"waitMs\": 30000, \"health\": {\"x\": 1}}";
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(
                        () -> collector().call("POST", "/fleet/v1/sync", agent, report));
        while (!collector()
                .get("/api/v1/agents", collector().admin())
                .text()
                .contains("\"health\":{\"x\":1}")) {
            Thread.onSpinWait();
        }
        assertThat(waiting).isNotDone();
        good(send("POST", LISTS, "{\"name\": \"news\", \"items\": {\"items\": [\"é\"]}}"));
        JsonNode news = waiting.join().json();
        assertThat(news.at("/bundle/rules").asString()).contains("\"news\"", "é");
        assertThat(news.at("/bundle/version").asString()).isNotEqualTo(has);
    }

    @Test
    void whatIsConfiguredSurvivesARestart(@TempDir Path place) throws IOException {
        String version;
        try (RunningCollector first = new RunningCollector(place)) {
            first.call(
                    "POST",
                    LISTS,
                    first.admin(),
                    "{\"name\": \"kept\", \"items\": {\"items\": [\"k\"]}}");
            version = first.get("/api/v1/bundle", first.admin()).json().path("version").asString();
        }
        try (RunningCollector second = new RunningCollector(place)) {
            JsonNode bundle =
                    Json.parse(
                            second.get("/api/v1/bundle", second.admin())
                                    .text()
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(bundle.path("version").asString()).isEqualTo(version);
            assertThat(bundle.path("rules").asString()).contains("kept");
        }
    }

    @Test
    void severalPoliciesAreAppliedTogetherOrNotAtAll() {
        String one =
                "{\"name\": \"%s\", \"description\": \"d\", \"severity\": %d, \"version\": %d,"
                        + " \"ruleNames\": [\"Terminal shell in container\"]}";
        String before = bundle().path("version").asString();
        String bad = "{\"name\": \"Bad\", \"description\": \"d\", \"ruleNames\": [\"None such\"]}";
        String first = one.formatted("First", 3, 0);
        assertThat(send("PUT", POLICIES, "[" + first + "," + bad + "]").text())
                .contains("\"code\":\"invalid\"", "None such");
        assertThat(send("PUT", POLICIES, "[" + first + "," + first + "]").text())
                .contains("two are named First");
        for (String none : List.of("[]", "{}", "[1]")) {
            assertThat(send("PUT", POLICIES, none).status()).as(none).isEqualTo(422);
        }
        assertThat(bundle().path("version").asString()).isEqualTo(before);
        assertThat(send("GET", POLICIES, "").text()).doesNotContain("First");

        Answer applied =
                send("PUT", POLICIES, "[" + first + "," + one.formatted("Second", 4, 0) + "]");
        assertThat(applied.status()).as(applied.text()).isEqualTo(200);
        assertThat(Schema.misfits(applied.json(), "Policies")).isEmpty();
        assertThat(bundle().path("policies").asString()).contains("First", "Second");
        // Somebody changed the one: the other is left as it was too.
        assertThat(
                        send(
                                        "PUT",
                                        POLICIES,
                                        "["
                                                + one.formatted("First", 5, 1)
                                                + ","
                                                + one.formatted("Second", 5, 0)
                                                + "]")
                                .status())
                .isEqualTo(409);
        assertThat(bundle().path("policies").asString())
                .contains("\"First\",\"description\":\"d\",\"severity\":3");
        for (JsonNode policy : applied.json()) {
            good(send("DELETE", POLICIES + "/" + policy.path("id").asLong(), ""));
        }
    }
}
