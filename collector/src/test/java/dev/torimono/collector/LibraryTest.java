// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What ships, what it was before, and what drafts would have done, over the API. */
final class LibraryTest extends OneCollector {
    private static final String LISTS = "/api/secure/falco/lists";
    private static final String POLICIES = "/api/v2/policies";
    private static final String NAMES = "malicious_filenames";

    private String agent = "";

    @BeforeAll
    void tellAlerts() {
        agent = collector().enrol("web-1");
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            ObjectNode alert = Sample.alert("Terminal shell in container", i);
            ObjectNode fields = (ObjectNode) alert.path("output_fields");
            fields.put("container.name", i < 4 ? "shop" : "pay");
            fields.put("proc.cmdline", i == 0 ? "bash -c backup" : "bash -c id");
            alert.putArray("lineage").addObject().put("pid", 9).put("name", "bash").put("uid", 0);
            ObjectNode line = Json.object().put("key", "k" + i);
            line.set("alert", alert);
            lines.append(new String(Json.bytes(line), StandardCharsets.UTF_8)).append('\n');
        }
        collector().call("POST", "/fleet/v1/alerts", agent, lines.toString());
    }

    private JsonNode get(String path, String schema) {
        Answer answer = collector().get(path, collector().admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), schema)).isEmpty();
        return answer.json();
    }

    private Answer post(String path, String body) {
        return collector().call("POST", path, collector().admin(), body);
    }

    private static JsonNode named(JsonNode all, String name) {
        return all.valueStream()
                .filter(one -> one.path("name").asString("").equals(name))
                .findFirst()
                .orElseGet(Json::object);
    }

    @Test
    void whatShipsIsListedAndCannotBeChanged() {
        JsonNode policy = named(get(POLICIES, "Policies"), "Runtime Threat Detection");
        assertThat(policy.path("origin").asString()).isEqualTo("Torimono");
        assertThat(policy.path("readOnly").asBoolean()).isTrue();
        assertThat(policy.path("ruleNames").toString()).contains("Execution from /dev/shm");
        JsonNode rule = named(get("/api/secure/rules", "Rules"), "Malicious filenames written");
        assertThat(rule.at("/details/condition/condition").asString()).contains(NAMES);
        JsonNode list = named(get(LISTS, "FalcoLists"), NAMES);
        assertThat(list.at("/items/items").toString()).contains("kinsing");
        assertThat(
                        named(get("/api/secure/falco/macros", "Macros"), "open_write")
                                .path("isDefault")
                                .asBoolean())
                .isTrue();
        String path = LISTS + "/" + list.path("id").asLong();
        assertThat(get(path, "FalcoList")).isEqualTo(list);
        for (String method : List.of("PUT", "DELETE")) {
            Answer refused =
                    collector()
                            .call(
                                    method,
                                    path,
                                    collector().admin(),
                                    "{\"name\": \"%s\", \"items\": {\"items\": []}}"
                                            .formatted(NAMES));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("code").asString()).isEqualTo("read_only");
        }
    }

    @Test
    void shippedOnesAreAppendedToAndCopied() {
        String append =
                "{\"name\": \"%s\", \"append\": true, \"items\": {\"items\": [\"test.txt\"]}}"
                        .formatted(NAMES);
        Answer appended = post(LISTS, append);
        assertThat(appended.status()).as(appended.text()).isEqualTo(200);
        JsonNode items = get("/api/v1/lists/" + NAMES + "/items", "ListItems").path("items");
        List<String> told = new ArrayList<>();
        items.forEach(
                item -> {
                    String value = item.path("value").asString();
                    if (value.equals("test.txt") || value.equals("kinsing")) {
                        told.add(
                                value
                                        + " "
                                        + item.path("origin").asString()
                                        + " "
                                        + item.path("by").asString());
                    }
                });
        assertThat(told).containsExactly("kinsing shipped ", "test.txt append admin");
        assertThat(get(LISTS + "/groups?name=" + NAMES, "FalcoLists")).hasSize(2);
        assertThat(post(LISTS, append.replace("true", "false")).status())
                .as("one may define a name")
                .isEqualTo(409);
        ObjectNode copy =
                (ObjectNode)
                        named(get(POLICIES, "Policies"), "Runtime Threat Detection").deepCopy();
        Answer copied = post(POLICIES, copy.put("name", "Mine").toString());
        assertThat(copied.status()).as(copied.text()).isEqualTo(200);
        assertThat(copied.json().path("readOnly").asBoolean()).isFalse();
        assertThat(copied.json().path("id").asLong()).isLessThan(1_000_000_000L);
        assertThat(get("/api/v1/bundle", "Bundle").path("policies").asString())
                .contains("\"Mine\"")
                .doesNotContain("\"Runtime Threat Detection\"");
    }

    @Test
    void everyVersionIsThereAndComesBack() {
        String body =
                """
                {"name": "Versions", "description": "d", "severity": %d, "type": "falco",
                 "ruleNames": ["Terminal shell in container"]}""";
        long id = post(POLICIES, body.formatted(4)).object().path("id").asLong();
        collector().call("PUT", POLICIES + "/" + id, collector().admin(), body.formatted(1));
        String history = "/api/v1/history/policy/" + id;
        JsonNode versions = get(history, "Versions");
        assertThat(versions).hasSize(2);
        assertThat(versions.at("/0/current").asBoolean()).isTrue();
        assertThat(versions.at("/1/author").asString()).isEqualTo("admin");
        String lines = get(history + "/diff?from=1&to=2", "Diff").path("lines").toString();
        assertThat(lines).contains("\"op\":\"-\"", "severity\\\" : 4", "severity\\\" : 1");
        Answer back = post(history + "/rollback", "{\"version\": 1}");
        assertThat(back.json().path("severity").asInt()).as(back.text()).isEqualTo(4);
        assertThat(back.json().path("version").asInt()).isEqualTo(3);
        assertThat(post(history + "/rollback", "{\"version\": 9}").status()).isEqualTo(404);
        assertThat(
                        collector()
                                .call(
                                        "POST",
                                        history + "/rollback",
                                        collector().tokenOf("analyst"),
                                        "{\"version\": 1}")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void aDraftOfAPolicyIsJudgedByWhatWasKept() {
        String draft =
                """
                {"from": %d, "policy": {"name": "Draft", "description": "d", "type": "falco",
                  "scope": "container.name = shop", "ruleNames": ["Terminal shell in container"],
                  "actions": [{"type": "POLICY_ACTION_KILL_PROCESS"}],
                  "exceptions": [{"name": "b", "when": "proc.cmdline contains backup",
                    "reason": "r", "owner": "o"}]}}"""
                        .formatted(Sample.ns(0));
        Answer answer = post("/api/v1/what-if/policy", draft);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), "WhatIf")).isEmpty();
        assertThat(answer.json().path("judged").asInt()).isEqualTo(6);
        assertThat(answer.json().path("covered").asInt()).isEqualTo(3);
        assertThat(answer.json().path("exempt").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/actions/0/name").asString()).isEqualTo("kill_process");
        assertThat(answer.json().at("/actions/0/count").asInt()).isEqualTo(3);
        assertThat(answer.json().path("events")).hasSize(4);
        assertThat(get("/api/v1/bundle", "Bundle").path("policies").asString())
                .doesNotContain("Draft");
        assertThat(
                        post("/api/v1/what-if/policy", draft.replace("Terminal shell", "No such"))
                                .status())
                .isEqualTo(422);
    }

    @Test
    void anExceptionIsPreviewedOnAShippedPolicy() {
        String draft =
                """
                {"from": %d, "policy": "Runtime Notable Events",
                 "exception": {"name": "b", "when": "%s", "reason": "r", "owner": "o"}}""";
        Answer answer =
                post(
                        "/api/v1/what-if/exception",
                        draft.formatted(Sample.ns(0), "proc.cmdline contains backup"));
        assertThat(answer.json().path("exempt").asInt()).as(answer.text()).isEqualTo(1);
        assertThat(answer.json().path("covered").asInt()).isEqualTo(5);
        Answer untold =
                post(
                        "/api/v1/what-if/exception",
                        draft.formatted(Sample.ns(0), "proc.loginshellid = 7"));
        assertThat(untold.json().path("unknown").asInt()).as(untold.text()).isEqualTo(6);
    }

    @Test
    void aRuleIsTriedAndWhatCannotBeToldIsSaid() {
        String draft =
                """
                {"from": %d, "rule": {"name": "%s", "description": "d",
                  "details": {"ruleType": "FALCO", "source": "syscall", "output": "o",
                    "priority": "warning", "condition": {"condition": "%s"}}}}""";
        Answer told =
                post(
                        "/api/v1/what-if/rule",
                        draft.formatted(
                                Sample.ns(0),
                                "Shells in the shop",
                                "proc.name = bash and container.name = shop"));
        assertThat(told.status()).as(told.text()).isEqualTo(200);
        assertThat(told.json().path("matched").asInt()).as(told.text()).isEqualTo(4);
        assertThat(told.json().path("missingFields")).isEmpty();
        Answer untold =
                post(
                        "/api/v1/what-if/rule",
                        draft.formatted(
                                Sample.ns(0),
                                "Terminal shell in container",
                                "evt.type = execve and proc.name = bash"));
        assertThat(untold.json().path("unknown").asInt()).as(untold.text()).isEqualTo(6);
        assertThat(untold.json().path("missingFields").toString()).contains("evt.type");
        // A rule that is new has no events of its own: those of others tell as much.
        Answer fresh =
                post(
                        "/api/v1/what-if/rule",
                        draft.formatted(
                                Sample.ns(0),
                                "Shells in the shop",
                                "evt.type = execve and container.name = shop"));
        assertThat(fresh.json().path("unknown").asInt()).as(fresh.text()).isEqualTo(4);
        assertThat(fresh.json().path("matched").asInt()).isZero();
        assertThat(post("/api/v1/what-if/rule", draft.formatted(0, "Bad", "proc.nam = x")).status())
                .isEqualTo(422);
    }

    @Test
    void whatEachAgentDoesOfAPolicyIsTold() {
        ObjectNode report = Json.object();
        report.putObject("health")
                .putArray("policies")
                .addObject()
                .put("name", "Stop it")
                .put("asked", "prevent")
                .put("effective", "kill")
                .put("reason", "this node cannot prevent an exec");
        collector().post("/fleet/v1/sync", agent, report);
        JsonNode all = get("/api/v1/policies/effective", "EffectiveModes");
        assertThat(all.at("/0/policy").asString()).isEqualTo("Stop it");
        assertThat(all.at("/0/asked").asString()).isEqualTo("prevent");
        assertThat(all.at("/0/summary/kill").asInt()).isEqualTo(1);
        assertThat(all.at("/0/agents/0/reason").asString()).contains("cannot prevent");
    }
}
