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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an event offers to be done, and what it says of the rest. */
final class OffersTest {
    private static final String PATH = "/secure/response-actions/v1alpha1";
    private static final String EXECUTIONS = PATH + "/action-executions";
    private static final String WHOLE = "3ad7b26ded6d".repeat(5) + "3ad7";

    @TempDir private Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable RunningCollector started;
    private String agent = "";
    private String analyst = "";

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

    private static ObjectNode alert() {
        ObjectNode alert = Sample.alert("shell", 1);
        alert.putArray("lineage")
                .addObject()
                .put("pid", 4711)
                .put("start_ns", 99_000_000)
                .put("name", "sh");
        return alert;
    }

    private void sync() {
        Answer answer =
                collector()
                        .post(
                                "/fleet/v1/sync",
                                agent,
                                Json.object().put("has", "").put("waitMs", 0));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    private String event(ObjectNode alert) {
        ObjectNode line = Json.object().put("key", "k");
        line.set("alert", alert);
        String text = new String(Json.bytes(line), StandardCharsets.UTF_8);
        collector().call("POST", "/fleet/v1/alerts", agent, text);
        sync();
        JsonNode events = collector().get("/secure/events/v1/events", analyst).json();
        return events.at("/data/0/id").asString();
    }

    private JsonNode offer(String event, String action) {
        Answer answer = collector().get(PATH + "/actions?eventId=" + event, analyst);
        assertThat(Schema.misfits(answer.json(), "ResponseActions")).isEmpty();
        return answer.json()
                .path("data")
                .valueStream()
                .filter(one -> one.path("actionType").asString("").equals(action))
                .findFirst()
                .orElseThrow();
    }

    /** Has it done because of an event, and answered by the agent with what it found. */
    private JsonNode done(String event, String action, ObjectNode facts) {
        ObjectNode order = Json.object().put("actionType", action).put("eventId", event);
        order.putObject("parameters")
                .put("host.id", "web-1")
                .put(
                        action.startsWith("FILE") ? "path.absolute" : "container.id",
                        action.startsWith("FILE") ? "/tmp/x" : "3ad7b26ded6d");
        String id = collector().post(EXECUTIONS, analyst, order).json().path("id").asString();
        sync();
        ObjectNode answer = Json.object().put("status", "done").put("message", "");
        answer.set("facts", facts);
        collector().post("/fleet/v1/responses/" + id, agent, answer);
        Answer told = collector().get(EXECUTIONS + "/" + id, analyst);
        assertThat(Schema.misfits(told.json(), "Execution")).isEmpty();
        return told.json();
    }

    @Test
    void anEventTellsWhatCanBeDoneAboutIt() {
        String event = event(alert());
        JsonNode kill = offer(event, "KILL_PROCESS");
        assertThat(kill.path("available").asBoolean()).as(kill.toString()).isTrue();
        assertThat(kill.at("/parameters/2/value").asString()).isEqualTo("99000000");
        assertThat(collector().get(PATH + "/actions", collector().tokenOf("viewer")).status())
                .isEqualTo(403);
    }

    @Test
    void whatWasEndedHereIsOfferedToBeStartedAgain() {
        String event = event(alert());
        JsonNode before = offer(event, "START_CONTAINER");
        assertThat(before.path("available").asBoolean()).isFalse();
        assertThat(before.path("unavailableReason").asString()).contains("no container was ended");
        JsonNode stopped =
                done(
                        event,
                        "STOP_CONTAINER",
                        Json.object()
                                .put("container", WHOLE)
                                .put("undo", "torimono respond start"));
        assertThat(stopped.path("isUndoable").asBoolean()).isTrue();
        assertThat(stopped.path("notUndoableReason").asString()).isEmpty();
        JsonNode after = offer(event, "START_CONTAINER");
        assertThat(after.path("available").asBoolean()).as(after.toString()).isTrue();
        assertThat(after.at("/parameters/1/value").asString()).isEqualTo(WHOLE);
    }

    @Test
    void nobodyIsOfferedToStartAContainerOfAPod() {
        ObjectNode alert = alert();
        alert.putObject("container")
                .put("id", "3ad7b26ded6d")
                .putObject("pod")
                .put("name", "shop-1")
                .put("namespace", "shop");
        String event = event(alert);
        JsonNode killed = done(event, "KILL_CONTAINER", Json.object().put("container", WHOLE));
        assertThat(killed.path("isUndoable").asBoolean()).isFalse();
        assertThat(killed.path("notUndoableReason").asString()).contains("does not start it again");
        Answer undone =
                collector()
                        .call(
                                "DELETE",
                                EXECUTIONS + "/" + killed.path("id").asString(),
                                analyst,
                                "");
        assertThat(undone.status()).isEqualTo(409);
        assertThat(undone.text()).contains("does not start it again");
        JsonNode start = offer(event, "START_CONTAINER");
        assertThat(start.path("available").asBoolean()).isFalse();
        assertThat(start.path("unavailableReason").asString()).contains("kubelet");
    }

    @Test
    void aFileComesOutOfQuarantineOnlyAfterItWentIn() {
        String event = event(alert());
        assertThat(offer(event, "FILE_UNQUARANTINE").path("unavailableReason").asString())
                .contains("no file was quarantined");
        done(event, "FILE_QUARANTINE", Json.object().put("id", "kept-1"));
        JsonNode out = offer(event, "FILE_UNQUARANTINE");
        assertThat(out.path("available").asBoolean()).isTrue();
        assertThat(out.at("/parameters/1/value").asString()).isEqualTo("kept-1");
    }
}
