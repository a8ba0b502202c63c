// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import dev.torimono.collector.store.Sample;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people make of events, over the API of a whole collector. */
final class TriageTest {
    private static final String EVENTS = "/secure/events/v1/events";

    @TempDir private Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable RunningCollector started;
    private String analyst = "";
    private String agent = "";

    @BeforeEach
    void start() throws IOException {
        started = new RunningCollector(folder);
        analyst = collector().tokenOf("analyst");
        agent = collector().enrol("web-1");
    }

    @AfterEach
    void stop() {
        collector().close();
    }

    private RunningCollector collector() {
        return java.util.Objects.requireNonNull(started);
    }

    private void tell(String rule, int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            ObjectNode line = Json.object().put("key", rule + i);
            line.set("alert", Sample.alert(rule, i));
            lines.append(new String(Json.bytes(line), StandardCharsets.UTF_8)).append('\n');
        }
        assertThat(
                        collector()
                                .call("POST", "/fleet/v1/alerts", agent, lines.toString())
                                .object()
                                .path("kept")
                                .asInt())
                .isEqualTo(count);
    }

    private JsonNode page(String filter) {
        Answer answer =
                collector()
                        .get(
                                EVENTS
                                        + "?limit=1000&filter="
                                        + URLEncoder.encode(filter, StandardCharsets.UTF_8),
                                collector().admin());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), "EventPage")).isEmpty();
        return answer.json();
    }

    private int total(String filter) {
        return page(filter).at("/page/total").asInt();
    }

    private String id(String rule) {
        return page("ruleName = " + rule).at("/data/0/id").asString();
    }

    private static ObjectNode to(String status) {
        return Json.object().put("status", status).put("reason", "seen by " + status);
    }

    @Test
    void anEventIsAcknowledgedClosedAndReopened() {
        tell("shell", 1);
        String path = "/api/v1/events/" + id("shell") + "/state";
        assertThat(total("status = open")).isEqualTo(1);
        for (String status : List.of("acknowledged", "closed", "open")) {
            Answer answer = collector().call("PUT", path, analyst, Json.bytes(to(status)));
            assertThat(Schema.misfits(answer.json(), "Event")).isEmpty();
            assertThat(answer.json().at("/state/status").asString()).isEqualTo(status);
            assertThat(answer.json().at("/state/by").asString()).isEqualTo("analyst-1");
            assertThat(answer.json().at("/state/at").asLong()).isPositive();
            assertThat(total("status = " + status)).isEqualTo(1);
        }
        JsonNode event = page("statusBy = analyst-1").at("/data/0");
        assertThat(event.at("/state/history")).hasSize(3);
        assertThat(event.at("/state/history/0/reason").asString())
                .isEqualTo("seen by acknowledged");
        // What it was about did not change.
        assertThat(event.at("/content/fields/proc.cmdline").asString()).isEqualTo("bash -c id");
    }

    @Test
    void aViewerChangesNothing() {
        tell("shell", 1);
        String viewer = collector().tokenOf("viewer");
        String path = "/api/v1/events/" + id("shell");
        assertThat(
                        collector()
                                .call("PUT", path + "/state", viewer, Json.bytes(to("closed")))
                                .status())
                .isEqualTo(403);
        assertThat(total("status = open")).isEqualTo(1);
        assertThat(collector().get("/api/v1/mutes", viewer).status()).isEqualTo(200);
    }

    @Test
    void whatCannotBeIsRefused() {
        tell("shell", 1);
        String path = "/api/v1/events/" + id("shell") + "/state";
        assertThat(collector().call("PUT", path, analyst, "{\"status\":\"muted\"}").status())
                .isEqualTo(422);
        assertThat(collector().call("PUT", path, analyst, "{\"status\":\"gone\"}").status())
                .isEqualTo(422);
        String nobody = "/api/v1/events/" + "0".repeat(32);
        assertThat(
                        collector()
                                .call("PUT", nobody + "/state", analyst, Json.bytes(to("closed")))
                                .status())
                .isEqualTo(404);
        assertThat(
                        collector()
                                .post(
                                        nobody + "/comments",
                                        analyst,
                                        Json.object().put("text", "hm"))
                                .status())
                .isEqualTo(404);
        assertThat(collector().call("POST", "/api/v1/events/state", analyst, "{}").status())
                .isEqualTo(422);
    }

    @Test
    void commentsKeepTheirOrderAndAuthors() {
        tell("shell", 1);
        String path = "/api/v1/events/" + id("shell") + "/comments";
        collector().post(path, analyst, Json.object().put("text", "first"));
        Answer answer =
                collector()
                        .post(
                                path,
                                collector().admin(),
                                Json.object().put("text", "<script>second"));
        assertThat(answer.json().at("/state/comments/0/text").asString()).isEqualTo("first");
        assertThat(answer.json().at("/state/comments/1/by").asString()).isEqualTo("admin");
        assertThat(answer.json().at("/state/status").asString()).isEqualTo("open");
        assertThat(collector().post(path, analyst, Json.object().put("text", " ")).status())
                .isEqualTo(422);
    }

    @Test
    void manyAreChangedByIdOrByFilterAndTheAuditLogSaysWhich() {
        tell("shell", 1200);
        tell("other", 3);
        ObjectNode byFilter =
                to("closed").put("filter", "ruleName = shell").put("comment", "all the same");
        Answer closed = collector().post("/api/v1/events/state", analyst, byFilter);
        assertThat(Schema.misfits(closed.json(), "Changed")).isEmpty();
        assertThat(closed.json().path("changed").asInt()).as(closed.text()).isEqualTo(1200);
        assertThat(closed.json().path("more").asBoolean()).isFalse();
        assertThat(total("status = closed")).isEqualTo(1200);
        assertThat(page("ruleName = shell").at("/data/7/state/comments/0/text").asString())
                .isEqualTo("all the same");
        ObjectNode byId = to("acknowledged");
        byId.putArray("ids").add(id("other")).add("0".repeat(32));
        assertThat(collector().post("/api/v1/events/state", analyst, byId).json())
                .isEqualTo(
                        Json.object()
                                .put("changed", 1)
                                .put("unchanged", 0)
                                .put("missing", 1)
                                .put("more", false));
        assertThat(collector().get("/api/v1/audit", collector().admin()).text())
                .contains("analyst-1", "ruleName = shell", "0".repeat(32));
    }

    @Test
    void aMuteHidesWhatIsToComeAndCountsIt() {
        tell("noise", 2);
        ObjectNode mute =
                Json.object()
                        .put("filter", "ruleName = noise and host.hostName = \"web-1\"")
                        .put("reason", "the nightly job")
                        .put("expiresOn", System.currentTimeMillis() + 3_600_000);
        Answer made = collector().post("/api/v1/mutes", analyst, mute);
        assertThat(Schema.misfits(made.json(), "Mute")).isEmpty();
        String path = "/api/v1/mutes/" + made.json().path("id").asLong();
        ObjectNode line = Json.object().put("key", "later");
        line.set("alert", Sample.alert("noise", 99));
        collector().call("POST", "/fleet/v1/alerts", agent, Json.bytes(line));
        // What was there before stays; what came since is there for whoever asks.
        assertThat(total("ruleName = noise")).isEqualTo(2);
        assertThat(total("status = muted")).isEqualTo(1);
        assertThat(total("muteId = " + made.json().path("id").asLong())).isEqualTo(1);
        assertThat(
                        collector()
                                .get(
                                        "/api/v1/events/counts?attribute=ruleName",
                                        collector().admin())
                                .text())
                .contains("\"count\":2");
        Answer now = collector().get(path, analyst);
        assertThat(now.json().path("hidden").asInt()).isEqualTo(1);
        assertThat(now.json().path("lastHiddenOn").asLong()).isPositive();
        assertThat(collector().call("DELETE", path, analyst, "").json().path("active").asBoolean())
                .isFalse();
        line.put("key", "after");
        collector().call("POST", "/fleet/v1/alerts", agent, Json.bytes(line));
        assertThat(total("ruleName = noise")).isEqualTo(3);
    }

    @Test
    void aMuteNeedsAnEndAReasonAndAFilterThatIsOne() {
        List<Integer> statuses = new ArrayList<>();
        long later = System.currentTimeMillis() + 60_000;
        for (ObjectNode bad :
                List.of(
                        Json.object().put("filter", "").put("reason", "x").put("expiresOn", later),
                        Json.object()
                                .put("filter", "nothing = 1")
                                .put("reason", "x")
                                .put("expiresOn", later),
                        Json.object().put("filter", "severity = 1").put("expiresOn", later),
                        Json.object()
                                .put("filter", "severity = 1")
                                .put("reason", "x")
                                .put("expiresOn", 5))) {
            statuses.add(collector().post("/api/v1/mutes", analyst, bad).status());
        }
        assertThat(statuses).containsExactly(422, 400, 422, 422);
    }

    @Test
    void whatPeopleDidIsThereAfterARestart() throws IOException {
        tell("shell", 2);
        String path = "/api/v1/events/" + id("shell") + "/state";
        collector().call("PUT", path, analyst, Json.bytes(to("closed")));
        collector().close();
        started = new RunningCollector(folder);
        assertThat(total("status = closed")).isEqualTo(1);
        assertThat(total("status = open")).isEqualTo(1);
    }
}
