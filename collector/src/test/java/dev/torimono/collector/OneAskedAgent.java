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
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A collector, an analyst who asks for things, and the agent that is to do them: the test. */
abstract class OneAskedAgent {
    static final String EXECUTIONS = "/secure/response-actions/v1alpha1/action-executions";

    @TempDir Path folder = Path.of("");
    @Nullable RunningCollector started;
    String agent = "";
    String agentId = "";
    String analyst = "";

    @BeforeEach
    void start() throws IOException {
        started = new RunningCollector(folder);
        ObjectNode enrolled =
                collector()
                        .post(
                                "/fleet/v1/enrol",
                                collector().accessKey(),
                                Json.object().put("hostname", "web-1"))
                        .object();
        agent = enrolled.path("token").asString();
        agentId = enrolled.path("agentId").asString();
        analyst = collector().tokenOf("analyst");
    }

    @AfterEach
    void stop() {
        collector().close();
    }

    final RunningCollector collector() {
        return Objects.requireNonNull(started);
    }

    final ObjectNode kill() {
        ObjectNode order = Json.object().put("actionType", "KILL_PROCESS").put("reason", "bad");
        order.putObject("parameters")
                .put("host.id", agentId)
                .put("process.id", 4711)
                .put("startTime", 123_456_789L);
        return order;
    }

    final ObjectNode pause() {
        ObjectNode order = Json.object().put("actionType", "PAUSE_CONTAINER");
        order.putObject("parameters").put("host.id", "web-1").put("container.id", "3ad7b26ded6d");
        return order;
    }

    final ObjectNode ask(ObjectNode order) {
        Answer answer = collector().post(EXECUTIONS, analyst, order);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(Schema.misfits(answer.json(), "Execution")).isEmpty();
        return answer.object();
    }

    final JsonNode sync(long waitMs) {
        String has =
                collector()
                        .get("/api/v1/bundle", collector().admin())
                        .object()
                        .path("version")
                        .asString();
        Answer answer =
                collector()
                        .post(
                                "/fleet/v1/sync",
                                agent,
                                Json.object().put("has", has).put("waitMs", waitMs));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    final Answer answer(String id, String status, String message) {
        ObjectNode answer = Json.object().put("status", status).put("message", message);
        answer.putObject("facts").put("id", "kept-1");
        return collector().post("/fleet/v1/responses/" + id, agent, answer);
    }

    final JsonNode execution(String id) {
        return collector().get(EXECUTIONS + "/" + id, analyst).json();
    }
}
