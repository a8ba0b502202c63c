// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Incidents, and what is told late of an alert, over the API of a whole collector. */
final class IncidentTest {
    private static final long HOUR_S = 3600;

    @TempDir private Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable RunningCollector started;
    private String agent = "";
    private String analyst = "";
    private int key;

    @BeforeEach
    void start() throws IOException {
        started = new RunningCollector(folder);
        agent = collector().enrol("web-1");
        analyst = collector().tokenOf("analyst");
    }

    @AfterEach
    void stop() {
        collector().close();
    }

    private RunningCollector collector() {
        return java.util.Objects.requireNonNull(started);
    }

    private Answer tell(ObjectNode... alerts) {
        StringBuilder lines = new StringBuilder();
        for (ObjectNode alert : alerts) {
            ObjectNode line = Json.object().put("key", "k" + key++);
            line.set("alert", alert);
            lines.append(new String(Json.bytes(line), StandardCharsets.UTF_8)).append('\n');
        }
        Answer answer = collector().call("POST", "/fleet/v1/alerts", agent, lines.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static ObjectNode in(String container, String rule, long afterS) {
        ObjectNode alert = Sample.alert(rule, afterS);
        ((ObjectNode) alert.path("output_fields")).put("container.id", container);
        return alert;
    }

    private static ObjectNode onHost(String rule, long afterS, long shell) {
        ObjectNode alert = in("host", rule, afterS);
        alert.putArray("lineage")
                .add(Json.object().put("pid", shell + 1).put("name", "id"))
                .add(
                        Json.object()
                                .put("pid", shell)
                                .put("name", "bash")
                                .put("cmdline", "bash")
                                .put("start_ns", shell * 10_000_000))
                .add(Json.object().put("pid", 800).put("name", "sshd"))
                .add(Json.object().put("pid", 1).put("name", "systemd"));
        return alert;
    }

    private JsonNode list(String query) {
        Answer answer = collector().get("/api/v1/incidents" + query, collector().admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), "IncidentPage")).isEmpty();
        return answer.json();
    }

    private static List<String> counts(JsonNode list) {
        List<String> counts = new ArrayList<>();
        for (JsonNode one : list.path("data")) {
            counts.add(
                    one.path("kind").asString()
                            + " "
                            + one.path("count").asInt()
                            + " "
                            + one.path("status").asString());
        }
        return counts;
    }

    private Answer move(String id, String status) {
        return collector()
                .call(
                        "PUT",
                        "/api/v1/incidents/" + id + "/state",
                        analyst,
                        Json.bytes(Json.object().put("status", status)));
    }

    @Test
    void alertsOfOneContainerOrTreeAreOneIncident() {
        tell(
                in("aaaaaaaaaaaa", "one", 0),
                in("aaaaaaaaaaaa", "two", 60).put("priority", "Critical"),
                in("bbbbbbbbbbbb", "one", 30),
                onHost("one", 10, 5000),
                onHost("two", 20, 5000),
                onHost("one", 25, 6000));
        JsonNode list = list("");
        assertThat(counts(list))
                .containsExactly(
                        "container 2 open", "container 1 open", "tree 1 open", "tree 2 open");
        JsonNode first = list.at("/data/0");
        assertThat(first.path("severity").asInt()).isEqualTo(2);
        assertThat(first.path("first").asLong()).isEqualTo(Sample.ns(0));
        assertThat(first.path("last").asLong()).isEqualTo(Sample.ns(60));
        assertThat(first.path("rules")).hasSize(2);
        assertThat(first.path("title").asString()).isEqualTo("nginx");
        String id = first.path("id").asString();
        assertThat(
                        collector()
                                .get(
                                        "/secure/events/v1/events?filter=incidentId%3D" + id,
                                        collector().admin())
                                .json()
                                .path("data"))
                .hasSize(2);
        Answer one = collector().get("/api/v1/incidents/" + id, collector().admin());
        assertThat(Schema.misfits(one.json(), "Incident")).isEmpty();
        assertThat(one.json()).isEqualTo(first);
        assertThat(counts(list("?filter=ruleName%3Dtwo")))
                .as("whole incidents, also where a filter finds one event of them")
                .containsExactly("container 2 open", "tree 2 open");
    }

    @Test
    void alongTimeWithoutAlertsEndsAnIncident() {
        tell(in("aaaaaaaaaaaa", "one", 0), in("aaaaaaaaaaaa", "one", HOUR_S));
        tell(in("aaaaaaaaaaaa", "one", 4 * HOUR_S));
        assertThat(counts(list(""))).containsExactly("container 1 open", "container 2 open");
    }

    @Test
    void anIncidentIsDealtWithAsAWholeAndWhatComesAfterIsAnother() {
        tell(in("aaaaaaaaaaaa", "one", 0), in("aaaaaaaaaaaa", "two", 1));
        String id = list("").at("/data/0/id").asString();
        assertThat(move(id, "acknowledged").json().path("changed").asInt()).isEqualTo(2);
        assertThat(counts(list("?status=acknowledged"))).hasSize(1);
        tell(in("aaaaaaaaaaaa", "three", 2));
        assertThat(counts(list(""))).containsExactly("container 3 open");
        assertThat(move(id, "closed").json().path("changed").asInt()).isEqualTo(3);
        assertThat(counts(list("?status=open"))).isEmpty();
        tell(in("aaaaaaaaaaaa", "four", 3));
        assertThat(counts(list(""))).containsExactly("container 1 open", "container 3 closed");
        assertThat(move("0".repeat(32), "closed").status()).isEqualTo(404);
        assertThat(move(id, "muted").status()).isEqualTo(422);
    }

    @Test
    void anIncidentGoesOnAfterARestart() throws IOException {
        tell(in("aaaaaaaaaaaa", "one", 0));
        String id = list("").at("/data/0/id").asString();
        collector().close();
        started = new RunningCollector(folder);
        tell(in("aaaaaaaaaaaa", "two", 5));
        assertThat(counts(list(""))).containsExactly("container 2 open");
        assertThat(list("").at("/data/0/id").asString()).isEqualTo(id);
    }

    private static ObjectNode now(String container) {
        return in(container, "one", 0).put("time", java.time.Instant.now().toString());
    }

    /** What was kept shortly before the start is known by its key, not asked for one by one. */
    @Test
    void anIncidentOfJustNowGoesOnAfterARestartAndOthersBegin() throws IOException {
        tell(now("aaaaaaaaaaaa"), now("bbbbbbbbbbbb"));
        move(list("").at("/data/0/id").asString(), "closed");
        collector().close();
        started = new RunningCollector(folder);
        tell(now("aaaaaaaaaaaa"), now("bbbbbbbbbbbb"), now("cccccccccccc"));
        assertThat(counts(list("")))
                .containsExactlyInAnyOrder(
                        "container 1 closed",
                        "container 1 open",
                        "container 1 open",
                        "container 2 open");
    }

    @Test
    void whatComesLateDoesNotHideWhatGoesOn() {
        tell(in("aaaaaaaaaaaa", "one", 0), in("aaaaaaaaaaaa", "one", 10 * HOUR_S));
        tell(in("aaaaaaaaaaaa", "late", HOUR_S));
        tell(in("aaaaaaaaaaaa", "one", 10 * HOUR_S + 60));
        assertThat(counts(list(""))).containsExactly("container 2 open", "container 2 open");
    }

    @Test
    void cursorsLeadThroughAllOfThem() {
        for (int i = 0; i < 7; i++) {
            tell(in("c" + i, "one", i / 2));
        }
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = list("?limit=3&cursor=" + cursor);
            page.path("data").forEach(one -> ids.add(one.path("containerId").asString()));
            cursor = page.at("/page/next").asString("");
        } while (!cursor.isEmpty());
        assertThat(ids)
                .hasSize(7)
                .containsExactlyInAnyOrder("c0", "c1", "c2", "c3", "c4", "c5", "c6");
        assertThat(collector().get("/api/v1/incidents?cursor=x", collector().admin()).status())
                .isEqualTo(400);
    }

    private static String alertId(long timeNs) {
        return Long.toString(timeNs, 36) + "00abcd";
    }

    private static ObjectNode late(String first, String status) {
        ObjectNode late = in("aaaaaaaaaaaa", "Torimono internal: late result", 3);
        late.put("source", "internal");
        ((ObjectNode) late.path("output_fields")).put("alert.id", first);
        late.putArray("actions")
                .addObject()
                .put("type", "container_stopped")
                .put("status", status)
                .put("reason", "")
                .put("latency_ms", 10_200);
        return late;
    }

    @Test
    void howAnActionEndedGoesIntoTheEventThatToldOfIt() {
        String id = alertId(Sample.ns(0));
        ObjectNode alert = in("aaaaaaaaaaaa", "stop it", 0).put("id", id);
        alert.putArray("actions")
                .addObject()
                .put("type", "container_stopped")
                .put("status", "pending")
                .put("reason", "");
        tell(alert, late(id, "done"));
        // Told again, as after a call whose answer was lost.
        tell(alert, late(id, "done"));
        JsonNode page = collector().get("/secure/events/v1/events", collector().admin()).json();
        assertThat(page.at("/page/total").asInt()).isEqualTo(1);
        JsonNode actions = page.at("/data/0/actions");
        assertThat(actions).hasSize(1);
        assertThat(actions.at("/0/status").asString()).isEqualTo("done");
        assertThat(actions.at("/0/isSuccessful").asBoolean()).isTrue();
        assertThat(actions.at("/0/latencyMs").asInt()).isEqualTo(10_200);
    }

    @Test
    void aLateResultWithoutItsAlertIsKeptAsAnEvent() {
        tell(late(alertId(Sample.ns(0) + TimeUnit.DAYS.toNanos(1)), "failed"));
        assertThat(
                        collector()
                                .get("/secure/events/v1/events", collector().admin())
                                .json()
                                .at("/data/0/content/ruleName")
                                .asString())
                .isEqualTo("Torimono internal: late result");
    }

    @Test
    void anAlertThatIsCompletedReplacesTheFirstAndKeepsWhatPeopleDid() {
        String id = alertId(Sample.ns(0));
        ObjectNode first = in("aaaaaaaaaaaa", "who", 0).put("id", id).put("pending", true);
        ((ObjectNode) first.path("output_fields")).remove("container.name");
        tell(first);
        String event = list("").at("/data/0/lastEventId").asString();
        collector()
                .post(
                        "/api/v1/events/" + event + "/comments",
                        analyst,
                        Json.object().put("text", "which one?"));
        tell(in("aaaaaaaaaaaa", "who", 0).put("id", id).put("pending", false));
        JsonNode page = collector().get("/secure/events/v1/events", collector().admin()).json();
        assertThat(page.at("/page/total").asInt()).isEqualTo(1);
        assertThat(page.at("/data/0/labels/container.name").asString()).isEqualTo("nginx");
        assertThat(page.at("/data/0/state/comments/0/text").asString()).isEqualTo("which one?");
        assertThat(page.at("/data/0/incidentId").asString()).isEqualTo(event);
    }
}
