// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is kept of agents beside their alerts, of people's views, and how long events stay. */
final class AgentStateTest {
    @TempDir private Path folder = Path.of("");
    private @Nullable RunningCollector started;

    @BeforeEach
    void start() throws IOException {
        started = new RunningCollector(folder);
    }

    @AfterEach
    void stop() {
        collector().close();
    }

    private RunningCollector collector() {
        return Objects.requireNonNull(started);
    }

    private JsonNode agent(String hostname) {
        return collector()
                .get("/api/v1/agents", collector().admin())
                .json()
                .valueStream()
                .filter(agent -> agent.path("hostname").asString("").equals(hostname))
                .findFirst()
                .orElseThrow();
    }

    private void report(String token, long events, long lost) {
        ObjectNode report = Json.object();
        report.putObject("health").put("events", events).put("events_lost", lost);
        Answer answer = collector().post("/fleet/v1/sync", token, report);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void whatAnAgentLosesIsToldOverTime() {
        String token = collector().enrol("trends");
        report(token, 100, 0);
        report(token, 250, 3);
        JsonNode agent = agent("trends");
        assertThat(agent.at("/lastDay/events").asLong(-1)).isEqualTo(150);
        assertThat(agent.at("/lastDay/lost").asLong(-1)).isEqualTo(3);
        String path = "/api/v1/agents/" + agent.path("id").asString("") + "/trends";
        JsonNode trends = collector().get(path, collector().admin()).json();
        assertThat(Schema.misfits(trends, "AgentTrends")).isEmpty();
        assertThat(trends.at("/values/lost").valueStream().mapToLong(n -> n.asLong(0)).sum())
                .isEqualTo(3);
        assertThat(collector().get("/api/v1/agents/x/trends", collector().admin()).status())
                .isEqualTo(404);
    }

    @Test
    void theLastDiagnosisIsKeptAcrossARestart() throws IOException {
        String token = collector().enrol("doctor");
        String path = "/api/v1/agents/" + agent("doctor").path("id").asString("") + "/diagnosis";
        assertThat(agent("doctor").has("diagnosis")).isFalse();
        assertThat(collector().get(path, collector().admin()).status()).isEqualTo(404);
        ObjectNode diagnosis = Json.object().put("healthy", true);
        diagnosis.putArray("notes").add("bpf is not among the security modules");
        diagnosis.putArray("problems");
        assertThat(collector().post("/fleet/v1/diagnosis", token, diagnosis).status())
                .isEqualTo(204);
        collector().close();
        started = new RunningCollector(folder);
        JsonNode told = collector().get(path, collector().admin()).json();
        assertThat(Schema.misfits(told, "AgentDiagnosis")).isEmpty();
        assertThat(told.path("diagnosis")).isEqualTo(diagnosis);
        assertThat(agent("doctor").at("/diagnosis/notes").asInt(-1)).isEqualTo(1);
        assertThat(Schema.misfits(agent("doctor"), "Agent")).isEmpty();
    }

    @Test
    void aDiagnosisThatNoAgentMakesIsRefusedAndTheOneBeforeStays() {
        String token = collector().enrol("liar");
        ObjectNode good = Json.object().put("healthy", true);
        collector().post("/fleet/v1/diagnosis", token, good);
        ObjectNode huge = Json.object().put("x", "y".repeat(200_000));
        assertThat(collector().post("/fleet/v1/diagnosis", token, huge).status()).isEqualTo(413);
        assertThat(collector().post("/fleet/v1/diagnosis", token, Json.array()).status())
                .isEqualTo(400);
        String path = "/api/v1/agents/" + agent("liar").path("id").asString("") + "/diagnosis";
        assertThat(collector().get(path, collector().admin()).json().path("diagnosis"))
                .isEqualTo(good);
    }

    private static ObjectNode view(String name, String address) {
        return Json.object().put("name", name).put("address", address);
    }

    @Test
    void viewsBelongToWhoSavedThem() {
        String path = "/api/v1/me/views";
        String viewer = collector().tokenOf("viewer");
        String admin = collector().admin();
        Answer made = collector().post(path, viewer, view("nights", "/events?filter=a"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(Schema.misfits(made.json(), "SavedView")).isEmpty();
        collector().post(path, viewer, view(" nights ", "/events?filter=b"));
        JsonNode mine = collector().get(path, viewer).json();
        assertThat(mine).hasSize(1);
        assertThat(mine.at("/0/address").asString()).isEqualTo("/events?filter=b");
        assertThat(collector().get(path, admin).json()).isEmpty();
        String one = path + "/" + mine.at("/0/id").asLong(0);
        assertThat(collector().call("DELETE", one, admin, "").status()).isEqualTo(404);
        assertThat(collector().call("DELETE", one, viewer, "").status()).isEqualTo(204);
        assertThat(collector().get(path, viewer).json()).isEmpty();
    }

    @Test
    void aViewLeadsNowhereElse() {
        for (String address :
                new String[] {"", "events", "//evil.example/", "/\\evil.example", "https://e/x"}) {
            assertThat(
                            collector()
                                    .post(
                                            "/api/v1/me/views",
                                            collector().admin(),
                                            view("x", address))
                                    .status())
                    .as(address)
                    .isEqualTo(422);
        }
        for (int i = 0; i < 101; i++) {
            int status =
                    collector()
                            .post("/api/v1/me/views", collector().admin(), view("v" + i, "/events"))
                            .status();
            assertThat(status).as("view " + i).isEqualTo(i < 100 ? 201 : 409);
        }
    }

    @Test
    void anAccountThatIsRemovedLeavesNoViews() {
        String viewer = collector().tokenOf("viewer");
        collector().post("/api/v1/me/views", viewer, view("mine", "/events"));
        assertThat(
                        collector()
                                .call(
                                        "DELETE",
                                        "/api/v1/accounts/viewer-1",
                                        collector().admin(),
                                        "")
                                .status())
                .isEqualTo(204);
        String again = collector().tokenOf("viewer");
        assertThat(collector().get("/api/v1/me/views", again).json()).isEmpty();
    }

    @Test
    void retentionIsChangedAndTakenBack() throws IOException {
        String path = "/api/v1/retention";
        JsonNode first = collector().get(path, collector().admin()).json();
        assertThat(Schema.misfits(first, "Retention")).isEmpty();
        assertThat(first.path("changed").asBoolean(true)).isFalse();
        String body = "{\"days\": 14, \"maxBytes\": 1073741824}";
        Answer changed = collector().call("PUT", path, collector().admin(), body);
        assertThat(changed.object().path("days").asLong(0)).isEqualTo(14);
        collector().close();
        started = new RunningCollector(folder);
        JsonNode kept = collector().get(path, collector().admin()).json();
        assertThat(kept.path("days").asLong(0)).isEqualTo(14);
        assertThat(kept.path("maxBytes").asLong(0)).isEqualTo(1L << 30);
        assertThat(kept.path("changed").asBoolean(false)).isTrue();
        for (String bad :
                new String[] {
                    "{}",
                    "{\"days\": 0, \"maxBytes\": 1073741824}",
                    "{\"days\": 14, \"maxBytes\": 1000}",
                    "{\"days\": 99999, \"maxBytes\": 1073741824}"
                }) {
            assertThat(collector().call("PUT", path, collector().admin(), bad).status())
                    .as(bad)
                    .isEqualTo(422);
        }
        JsonNode back = collector().call("DELETE", path, collector().admin(), "").json();
        assertThat(back.path("days")).isEqualTo(first.path("days"));
        assertThat(back.path("changed").asBoolean(true)).isFalse();
    }
}
