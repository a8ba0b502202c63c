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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A whole collector, as agents and clients meet it over HTTPS. */
final class CollectorTest extends OneCollector {
    private static String line(String key, ObjectNode alert) {
        ObjectNode line = Json.object().put("key", key);
        line.set("alert", alert);
        return new String(Json.bytes(line), StandardCharsets.UTF_8);
    }

    private JsonNode events(String filter) {
        String query = java.net.URLEncoder.encode(filter, StandardCharsets.UTF_8);
        Answer answer =
                collector().get("/secure/events/v1/events?filter=" + query, collector().admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), "EventPage")).isEmpty();
        return answer.json();
    }

    private JsonNode description() {
        Answer answer = collector().get("/openapi.json", "");
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private record Operation(String method, String path, JsonNode about) {
        /** A path that means it. */
        String concrete() {
            return path.replaceAll("\\{\\w+}", "1");
        }

        String access() {
            return about.path("x-access").asString("");
        }
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        description()
                .path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                method ->
                                                        operations.add(
                                                                new Operation(
                                                                        method.getKey()
                                                                                .toUpperCase(
                                                                                        java.util
                                                                                                .Locale
                                                                                                .ROOT),
                                                                        path.getKey(),
                                                                        method.getValue()))));
        return operations;
    }

    @Test
    void everyRouteButThePublicOnesWantsAToken() {
        assertThat(operations()).hasSizeGreaterThan(50);
        for (Operation operation : operations()) {
            if (!operation.access().equals("public")) {
                for (String token : List.of("", "tmt_wrong", collector().accessKey() + "x")) {
                    Answer answer =
                            collector().call(operation.method(), operation.concrete(), token, "{}");
                    assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
                    assertThat(Schema.misfits(answer.json(), "Error")).isEmpty();
                }
            }
        }
    }

    @Test
    void everyRouteWantsItsRole() {
        String viewer = collector().tokenOf("viewer");
        String agent = collector().enrol("roles");
        for (Operation operation : operations()) {
            boolean more = List.of("admin", "analyst").contains(operation.access());
            if (more) {
                assertThat(
                                collector()
                                        .call(
                                                operation.method(),
                                                operation.concrete(),
                                                viewer,
                                                "{}")
                                        .status())
                        .as(operation.toString())
                        .isEqualTo(403);
            }
            if (more || operation.access().equals("viewer")) {
                assertThat(
                                collector()
                                        .call(operation.method(), operation.concrete(), agent, "{}")
                                        .status())
                        .as(operation.toString())
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void whatTheDescriptionNamesExists() {
        String text = description().toString();
        var matcher = java.util.regex.Pattern.compile("#/components/schemas/(\\w+)").matcher(text);
        while (matcher.find()) {
            assertThat(Schema.exists(matcher.group(1))).as(matcher.group(1)).isTrue();
        }
    }

    @Test
    void answersFitTheirDescription() {
        String agent = collector().enrol("fits");
        collector().call("POST", "/fleet/v1/alerts", agent, line("1-1", Sample.alert("fits", 1)));
        for (Operation operation : operations()) {
            boolean plain = operation.method().equals("GET") && !operation.path().contains("{");
            String schema =
                    operation
                            .about()
                            .at("/responses/2XX/content/application~1json/schema/$ref")
                            .asString("");
            if (plain && !schema.isEmpty()) {
                Answer answer =
                        collector()
                                .get(operation.path() + "?attribute=severity", collector().admin());
                assertThat(answer.status()).as(operation + answer.text()).isEqualTo(200);
                assertThat(Schema.misfits(answer.json(), schema.replaceAll(".*/", "")))
                        .as(operation.path())
                        .isEmpty();
            }
        }
    }

    @Test
    void alertsOfAnAgentAreFoundOnce() {
        String agent = collector().enrol("web-1");
        String body =
                line("7-1", Sample.alert("Terminal shell in container", 5))
                        + "\n{\"no\": \"alert\"}\nnot json\n"
                        + line("7-2", Sample.alert("Read sensitive file", 6))
                        + "\n";
        Answer first = collector().call("POST", "/fleet/v1/alerts", agent, body);
        assertThat(first.object())
                .isEqualTo(
                        Json.parse(
                                "{\"kept\":2,\"duplicates\":0,\"refused\":2}"
                                        .getBytes(StandardCharsets.UTF_8)));
        Answer again = collector().call("POST", "/fleet/v1/alerts", agent, body);
        assertThat(again.object().path("duplicates").asInt()).isEqualTo(2);
        JsonNode page =
                events(
                        "host.hostName = \"web-1\" and ruleName contains \"shell\" and severity in (\"5\")");
        assertThat(page.path("data")).hasSize(1);
        JsonNode event = page.path("data").path(0);
        assertThat(event.at("/content/fields/proc.cmdline").asString()).isEqualTo("bash -c id");
        assertThat(event.at("/labels/container.name").asString()).isEqualTo("nginx");
        Answer one =
                collector()
                        .get(
                                "/secure/events/v1/events/" + event.path("id").asString(),
                                collector().admin());
        assertThat(one.object().path("id")).isEqualTo(event.path("id"));
    }

    @Test
    void sameKeysOfTwoAgentsAreTwoAlerts() {
        String alert = line("1-1", Sample.alert("twin", 9));
        collector().call("POST", "/fleet/v1/alerts", collector().enrol("a"), alert);
        collector().call("POST", "/fleet/v1/alerts", collector().enrol("b"), alert);
        assertThat(events("ruleName = twin").path("page").path("total").asInt()).isEqualTo(2);
    }

    @Test
    void cursorsLeadThroughAllPages() {
        String agent = collector().enrol("pages");
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 25; i++) {
            body.append(line("1-" + i, Sample.alert("paged", i / 3))).append('\n');
        }
        collector().call("POST", "/fleet/v1/alerts", agent, body.toString());
        String base = "/secure/events/v1/events?limit=10&filter=ruleName%3Dpaged";
        List<String> ids = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode answer =
                    collector().get(base + "&cursor=" + cursor, collector().admin()).json();
            answer.path("data").forEach(event -> ids.add(event.path("id").asString()));
            cursor = answer.path("page").path("prev").asString("");
        }
        assertThat(ids)
                .hasSize(25)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(cursor).isEmpty();
    }

    @Test
    void revokedAndRotatedTokensAreWorthNothing() {
        String token = collector().enrol("gone");
        String fresh =
                collector()
                        .post("/fleet/v1/token", token, Json.object())
                        .object()
                        .path("token")
                        .asString();
        // Until the new one is used: the answer that told it may have been lost.
        assertThat(collector().post("/fleet/v1/sync", token, Json.object()).status())
                .isEqualTo(200);
        assertThat(collector().post("/fleet/v1/sync", fresh, Json.object()).status())
                .isEqualTo(200);
        assertThat(collector().post("/fleet/v1/sync", token, Json.object()).status())
                .isEqualTo(401);
        for (JsonNode agent : collector().get("/api/v1/agents", collector().admin()).json()) {
            if (agent.path("hostname").asString().equals("gone")) {
                String path = "/api/v1/agents/" + agent.path("id").asString();
                assertThat(collector().call("DELETE", path, collector().admin(), "").status())
                        .isEqualTo(204);
            }
        }
        assertThat(collector().post("/fleet/v1/sync", fresh, Json.object()).status())
                .isEqualTo(403);
    }

    @Test
    void falcoAlertsComeInByTheirOwnKey() {
        String key =
                collector()
                        .post(
                                "/api/v1/access-keys",
                                collector().admin(),
                                Json.object().put("name", "falco").put("purpose", "ingest"))
                        .object()
                        .path("token")
                        .asString();
        ObjectNode alert = Sample.alert("Falco's rule", 3);
        assertThat(collector().post("/ingest/v1/falco", key, alert).object().path("kept").asInt())
                .isEqualTo(1);
        assertThat(collector().post("/ingest/v1/falco", key, alert).object().path("kept").asInt())
                .isZero();
        assertThat(collector().post("/ingest/v1/falco", collector().accessKey(), alert).status())
                .isEqualTo(401);
        assertThat(
                        collector()
                                .post("/fleet/v1/enrol", key, Json.object().put("hostname", "x"))
                                .status())
                .isEqualTo(401);
        assertThat(events("rawEventOriginator = falco").path("data")).hasSize(1);
        alert.remove("time");
        assertThat(collector().post("/ingest/v1/falco", key, alert).status()).isEqualTo(400);
    }

    @Test
    void passwordsThatAreGuessedMakeOneWait() {
        ObjectNode wrong = Json.object().put("username", "nobody").put("password", "x");
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            statuses.add(collector().post("/api/v1/login", "", wrong).status());
        }
        assertThat(statuses).startsWith(401, 401).endsWith(429);
    }

    @Test
    void changesAreAudited() {
        collector().call("DELETE", "/api/v1/tokens/4711", collector().admin(), "");
        assertThat(collector().get("/api/v1/audit", collector().admin()).text())
                .contains("\"account\":\"admin\"", "/api/v1/tokens/4711", "404");
    }

    @Test
    void metricsAndHealthAreTold() {
        assertThat(collector().get("/readyz", "").text()).isEqualTo("ready\n");
        assertThat(collector().get("/metrics", collector().admin()).text())
                .contains("# TYPE torimono_events_kept_total counter\n", "torimono_store_up 1\n");
    }
}
