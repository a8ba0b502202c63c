// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people send who mean no good: clear answers, nothing kept that should not be. */
final class HostileTest extends OneCollector {
    private int total(String filter) {
        String query = URLEncoder.encode(filter, StandardCharsets.UTF_8);
        Answer answer =
                collector().get("/secure/events/v1/events?filter=" + query, collector().admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("page").path("total").asInt();
    }

    private static byte[] line(String key, ObjectNode alert) {
        ObjectNode line = Json.object().put("key", key);
        line.set("alert", alert);
        return Json.bytes(line);
    }

    @Test
    void endlessBodiesEndSoon() throws Exception {
        InputStream endless =
                new InputStream() {
                    private long left = 200L << 20;

                    @Override
                    public int read() {
                        return left-- > 0 ? 'x' : -1;
                    }

                    @Override
                    public int read(byte[] into, int from, int length) {
                        left -= length;
                        return left > 0 ? length : -1;
                    }
                };
        HttpRequest request =
                HttpRequest.newBuilder(collector().uri("/fleet/v1/alerts"))
                        .header("Authorization", "Bearer " + collector().enrol("endless"))
                        .POST(HttpRequest.BodyPublishers.ofInputStream(() -> endless))
                        .build();
        int status;
        try {
            status =
                    collector()
                            .client()
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode();
        } catch (IOException e) {
            // The connection was closed while we still sent: as good an answer.
            status = 413;
        }
        assertThat(status).isEqualTo(413);
        assertThat(collector().get("/readyz", "").status()).isEqualTo(200);
    }

    @Test
    void malformedJsonIsRefusedWithItsPlace() {
        String agent = collector().enrol("malformed");
        for (String body :
                List.of(
                        "",
                        "[]",
                        "{",
                        "{\"a\": 1} x",
                        "nul",
                        "[".repeat(100_000),
                        "{\"a\":1,\"a\":2}",
                        "\u0000")) {
            Answer answer = collector().call("POST", "/fleet/v1/sync", agent, body);
            assertThat(answer.status())
                    .as(body.substring(0, Math.min(9, body.length())))
                    .isEqualTo(400);
            assertThat(Schema.misfits(answer.json(), "Error")).isEmpty();
            assertThat(answer.text()).doesNotContain("Exception", "dev.torimono");
        }
    }

    @Test
    void oddAlertsNeitherStopTheBatchNorTheStore() {
        String agent = collector().enrol("odd");
        ObjectNode numbers = Sample.alert("odd numbers", 1);
        numbers.put("severity", "not a number");
        numbers.put("output_fields", 7);
        numbers.put("tags", "x");
        numbers.put("lineage", 1);
        numbers.putArray("policies")
                .add(1)
                .add("x")
                .addObject()
                .put("severity", -99)
                .put("name", "p");
        numbers.putArray("actions").addObject().put("type", 1);
        ObjectNode distant = Sample.alert("odd times", 1).put("time", "9999-12-31T23:59:59Z");
        ObjectNode before = Sample.alert("odd times", 1).put("time", "1970-01-01T00:00:00Z");
        ObjectNode never = Sample.alert("odd times", 1).put("time", "-5000-01-01T00:00:00Z");
        String body =
                String.join(
                        "\n",
                        new String(line("1", numbers), StandardCharsets.UTF_8),
                        new String(line("2", distant), StandardCharsets.UTF_8),
                        new String(line("3", before), StandardCharsets.UTF_8),
                        new String(line("4", never), StandardCharsets.UTF_8),
                        "{\"key\": 5, \"alert\": []}",
                        new String(
                                line("6", Sample.alert("odd but fine", 1)),
                                StandardCharsets.UTF_8));
        Answer answer = collector().call("POST", "/fleet/v1/alerts", agent, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("kept").asInt() + answer.json().path("refused").asInt())
                .isEqualTo(6);
        assertThat(total("ruleName = \"odd but fine\"")).isEqualTo(1);
    }

    @Test
    void scriptsAndQuotesStayText() {
        String agent = collector().enrol("<script>alert(1)</script>");
        String hostile =
                "<img src=x onerror=alert(1)> '; DROP TABLE agent; -- \" \\ %s ${jndi:ldap://x}";
        ObjectNode alert = Sample.alert(hostile, 2);
        ((ObjectNode) alert.get("output_fields")).put("proc.cmdline", hostile);
        collector().call("POST", "/fleet/v1/alerts", agent, line("1", alert));
        String quoted = hostile.replace("\\", "\\\\").replace("\"", "\\\"");
        assertThat(total("proc.cmdline = \"" + quoted + "\"")).isEqualTo(1);
        assertThat(total("proc.cmdline contains \"DROP TABLE agent\"")).isEqualTo(1);
        assertThat(collector().get("/api/v1/agents", collector().admin()).text())
                .contains("<script>");
    }

    @Test
    void filtersThatCannotBeReadAreExplained() {
        for (String filter :
                List.of(
                        "severity",
                        "severity in (",
                        "nosuch = 1",
                        "severity = 1 or",
                        "((((severity = 1",
                        "(".repeat(5000),
                        "not ".repeat(2000) + "severity = 1",
                        "ruleName > 3",
                        "ruleName = \"x",
                        "severity = 1; DROP TABLE x")) {
            String query = URLEncoder.encode(filter, StandardCharsets.UTF_8);
            Answer answer =
                    collector()
                            .get("/secure/events/v1/events?filter=" + query, collector().admin());
            assertThat(answer.status()).as(filter).isEqualTo(400);
            assertThat(answer.text()).contains("filter: column");
        }
    }

    @Test
    void anAgentCannotSpeakForAnother() {
        collector()
                .call(
                        "POST",
                        "/fleet/v1/alerts",
                        collector().enrol("honest"),
                        line("1", Sample.alert("mine", 1)));
        ObjectNode forged = Sample.alert("forged", 1);
        forged.put("agentId", "someone else").put("id", "0".repeat(32));
        collector()
                .call("POST", "/fleet/v1/alerts", collector().enrol("forger"), line("1", forged));
        JsonNode events = collector().get("/secure/events/v1/events", collector().admin()).json();
        assertThat(total("agentId = \"someone else\"")).isZero();
        assertThat(total("ruleName = mine")).isEqualTo(1);
        assertThat(total("ruleName = forged")).isEqualTo(1);
        assertThat(events.path("data")).isNotEmpty();
    }

    @Test
    void aCookieAloneChangesNothing() throws Exception {
        HttpRequest.Builder base =
                HttpRequest.newBuilder(collector().uri("/api/v1/tokens"))
                        .header("Cookie", "torimono_session=" + collector().admin())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"csrf\"}"));
        assertThat(send(base.build())).isEqualTo(403);
        assertThat(send(base.header("X-Torimono-Csrf", "1").build())).isEqualTo(201);
    }

    private int send(HttpRequest request) throws Exception {
        return collector()
                .client()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void pathsThatAreNoneAreToldApart() {
        assertThat(collector().get("/../../etc/passwd", "").status()).isBetween(400, 404);
        assertThat(collector().get("/nowhere", "").status()).isEqualTo(404);
        assertThat(collector().call("DELETE", "/healthz", "", "").status()).isEqualTo(405);
        assertThat(
                        collector()
                                .get("/secure/events/v1/events?limit=0", collector().admin())
                                .status())
                .isEqualTo(400);
        assertThat(
                        collector()
                                .get("/secure/events/v1/events?cursor=x", collector().admin())
                                .status())
                .isEqualTo(400);
        assertThat(collector().get("/secure/events/v1/events/zz", collector().admin()).status())
                .isEqualTo(404);
        assertThat(
                        collector()
                                .get("/api/v2/policies/99999999999999999999", collector().admin())
                                .status())
                .isEqualTo(404);
    }
}
