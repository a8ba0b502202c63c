// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people have agents do, over the API; the agent is played by the test. */
final class ResponseTest {
    private static final String PATH = "/secure/response-actions/v1alpha1";
    private static final String EXECUTIONS = PATH + "/action-executions";

    @TempDir private Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable RunningCollector started;
    private String agent = "";
    private String agentId = "";
    private String analyst = "";

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

    private RunningCollector collector() {
        return java.util.Objects.requireNonNull(started);
    }

    private ObjectNode kill() {
        ObjectNode order = Json.object().put("actionType", "KILL_PROCESS").put("reason", "bad");
        order.putObject("parameters")
                .put("host.id", agentId)
                .put("process.id", 4711)
                .put("startTime", 123_456_789L);
        return order;
    }

    private ObjectNode pause() {
        ObjectNode order = Json.object().put("actionType", "PAUSE_CONTAINER");
        order.putObject("parameters").put("host.id", "web-1").put("container.id", "3ad7b26ded6d");
        return order;
    }

    private ObjectNode ask(ObjectNode order) {
        Answer answer = collector().post(EXECUTIONS, analyst, order);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(Schema.misfits(answer.json(), "Execution")).isEmpty();
        return answer.object();
    }

    private JsonNode sync(long waitMs) {
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

    /** As an agent asks that fetches what somebody wants of it. */
    private JsonNode question() {
        Answer answer =
                collector().post("/fleet/v1/sync", agent, Json.object().put("fetches", true));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonNode fetched() {
        Answer answer = collector().post("/fleet/v1/commands", agent, Json.object());
        assertThat(Schema.misfits(answer.json(), "Commands")).isEmpty();
        return answer.json().path("commands");
    }

    private Answer answer(String id, String status, String message) {
        ObjectNode answer = Json.object().put("status", status).put("message", message);
        answer.putObject("facts").put("id", "kept-1");
        return collector().post("/fleet/v1/responses/" + id, agent, answer);
    }

    private JsonNode execution(String id) {
        return collector().get(EXECUTIONS + "/" + id, analyst).json();
    }

    @Test
    void aQuestionThatAnAgentNoLongerWaitsForIsGivenNothing() {
        CompletableFuture<JsonNode> one = CompletableFuture.supplyAsync(() -> sync(60_000));
        CompletableFuture<JsonNode> other = CompletableFuture.supplyAsync(() -> sync(60_000));
        // Whichever came first was its question before it was killed and started again.
        CompletableFuture.anyOf(one, other).orTimeout(50, TimeUnit.SECONDS).join();
        CompletableFuture<JsonNode> left = one.isDone() ? one : other;
        CompletableFuture<JsonNode> last = one.isDone() ? other : one;
        assertThat(left.join().path("commands").isMissingNode()).isTrue();

        String id = ask(kill()).path("id").asString();

        JsonNode given = last.orTimeout(50, TimeUnit.SECONDS).join();
        assertThat(given.path("commands").path(0).path("id").asString("")).isEqualTo(id);
    }

    @Test
    void whatNobodyFetchedIsThereForTheAgentThatComesBack() {
        assertThat(question().path("commandsWait").isMissingNode()).isTrue();
        String id = ask(kill()).path("id").asString();

        // Killed before it heard that something waits.
        assertThat(question().path("commandsWait").asBoolean()).isTrue();
        JsonNode told = question();
        assertThat(told.path("commandsWait").asBoolean()).isTrue();
        assertThat(told.path("commands").isMissingNode()).isTrue();

        assertThat(fetched().path(0).path("id").asString("")).isEqualTo(id);
        assertThat(fetched()).as("never twice").isEmpty();
        assertThat(question().path("commandsWait").isMissingNode()).isTrue();
    }

    @Test
    void whatIsAskedForReachesItsAgentOnceAndTheAnswerComesBack() {
        CompletableFuture<JsonNode> waiting = CompletableFuture.supplyAsync(() -> sync(30_000));
        String id = ask(kill()).path("id").asString();
        JsonNode command = waiting.orTimeout(60, TimeUnit.SECONDS).join().path("commands").path(0);
        assertThat(command.path("id").asString()).isEqualTo(id);
        assertThat(command.path("command").asString()).isEqualTo("kill-process");
        assertThat(command.path("target").asString()).isEqualTo("4711");
        assertThat(command.path("startNs").asLong()).isEqualTo(123_456_789L);
        assertThat(command.path("who").asString()).isEqualTo("analyst-1");
        assertThat(command.path("ttlMs").asLong()).isBetween(1L, 30_000L);
        assertThat(execution(id).path("status").asString()).isEqualTo("IN_PROGRESS");
        assertThat(sync(0).path("commands").isMissingNode()).as("never twice").isTrue();
        assertThat(answer(id, "done", "").status()).isEqualTo(204);
        JsonNode done = execution(id);
        assertThat(done.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(done.path("failure").isNull()).isTrue();
        assertThat(answer(id, "failed", "again").status()).as("one answer").isEqualTo(404);
    }

    @Test
    void theRefusalOfAGuardIsTold() {
        String id = ask(kill()).path("id").asString();
        sync(0);
        answer(id, "refused", "process 1 of the host is never killed");
        JsonNode refused = execution(id);
        assertThat(refused.path("status").asString()).isEqualTo("FAILED");
        assertThat(refused.at("/failure/failureReason").asString()).isEqualTo("refused");
        assertThat(refused.path("message").asString()).contains("never killed");
    }

    @Test
    void whatItsAgentDoesNotFetchInTimeIsNeverDone() throws InterruptedException {
        String id = ask(kill().put("ttlSeconds", 2)).path("id").asString();
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!execution(id).path("outcome").asString().equals("expired")) {
            assertThat(System.nanoTime() - endNs).isNegative();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(sync(0).path("commands").isMissingNode()).isTrue();
        assertThat(answer(id, "done", "").status()).isEqualTo(404);
    }

    @Test
    void aDryRunIsMarkedAsOne() {
        String id = ask(kill().put("dryRun", true)).path("id").asString();
        assertThat(sync(0).at("/commands/0/dryRun").asBoolean()).isTrue();
        answer(id, "monitored", "it would be done");
        JsonNode told = execution(id);
        assertThat(told.path("status").asString()).isEqualTo("COMPLETED");
        assertThat(told.path("isUndoable").asBoolean()).isFalse();
    }

    @Test
    void whatCanBeTakenBackIsTakenBackOnce() {
        String id = ask(pause()).path("id").asString();
        sync(0);
        assertThat(collector().call("DELETE", EXECUTIONS + "/" + id, analyst, "").status())
                .as("not before it is done")
                .isEqualTo(409);
        answer(id, "done", "");
        assertThat(execution(id).path("isUndoable").asBoolean()).isTrue();
        Answer undone = collector().call("DELETE", EXECUTIONS + "/" + id, analyst, "");
        assertThat(Schema.misfits(undone.json(), "Execution")).isEmpty();
        assertThat(undone.json().path("actionType").asString()).isEqualTo("UNPAUSE_CONTAINER");
        assertThat(undone.json().path("undoOf").asString()).isEqualTo(id);
        assertThat(sync(0).at("/commands/0/target").asString()).isEqualTo("3ad7b26ded6d");
        assertThat(collector().call("DELETE", EXECUTIONS + "/" + id, analyst, "").status())
                .isEqualTo(409);
        answer(undone.json().path("id").asString(), "failed", "no such container");
        assertThat(execution(id).path("isUndoable").asBoolean())
                .as("a failed undoing undid nothing")
                .isTrue();
    }

    private String done(String type, String container, String whole) {
        ObjectNode order = Json.object().put("actionType", type);
        order.putObject("parameters").put("host.id", agentId).put("container.id", container);
        String id = ask(order).path("id").asString();
        sync(0);
        ObjectNode answer = Json.object().put("status", "done").put("message", "");
        answer.putObject("facts").put("container", whole).put("undo", "torimono respond start");
        assertThat(collector().post("/fleet/v1/responses/" + id, agent, answer).status())
                .isEqualTo(204);
        return id;
    }

    @Test
    void whatIsDoneTakesBackItsOppositeThoughNobodyAskedForItSo() {
        String whole = "3ad7b26ded6d".repeat(5) + "0123";
        String other = "77d7b26ded6d".repeat(5) + "0123";
        String killed = done("KILL_CONTAINER", "3ad7b26ded6d", whole);
        String stopped = done("STOP_CONTAINER", "3ad7b26ded6d", whole);
        String elsewhere = done("STOP_CONTAINER", "77d7b26ded6d", other);

        String started = done("START_CONTAINER", whole, whole);

        for (String id : List.of(killed, stopped)) {
            JsonNode undone = execution(id);
            assertThat(undone.path("undoneBy").asString()).isEqualTo(started);
            assertThat(undone.path("isUndoable").asBoolean()).isFalse();
        }
        assertThat(execution(elsewhere).path("isUndoable").asBoolean()).isTrue();
        assertThat(execution(started).path("undoOf").asString()).isNotEmpty();
        assertThat(execution(started).path("isUndoable").asBoolean()).isTrue();

        String again = done("STOP_CONTAINER", "3ad7b26ded6d", whole);
        assertThat(execution(started).path("undoneBy").asString()).isEqualTo(again);
        assertThat(execution(again).path("isUndoable").asBoolean()).isTrue();
        assertThat(execution(stopped).path("undoneBy").asString()).isEqualTo(started);
    }

    @Test
    void whatFailedOrWasOnlyTriedTakesNothingBack() {
        String paused = ask(pause()).path("id").asString();
        sync(0);
        answer(paused, "done", "");
        ObjectNode order = pause().put("actionType", "UNPAUSE_CONTAINER");
        String failed = ask(order).path("id").asString();
        sync(0);
        answer(failed, "failed", "no such container");
        String tried = ask(order.put("dryRun", true)).path("id").asString();
        sync(0);
        answer(tried, "done", "");
        assertThat(execution(paused).path("isUndoable").asBoolean()).isTrue();

        String kept = done("FILE_QUARANTINE");
        String otherFile = ask(unquarantine("kept-2")).path("id").asString();
        sync(0);
        answer(otherFile, "done", "");
        assertThat(execution(kept).path("isUndoable").asBoolean()).isTrue();
        String back = ask(unquarantine("kept-1")).path("id").asString();
        sync(0);
        answer(back, "done", "");
        assertThat(execution(kept).path("undoneBy").asString()).isEqualTo(back);
    }

    private String done(String type) {
        ObjectNode order = Json.object().put("actionType", type);
        order.putObject("parameters").put("host.id", agentId).put("path.absolute", "/tmp/x");
        String id = ask(order).path("id").asString();
        sync(0);
        answer(id, "done", "");
        return id;
    }

    private ObjectNode unquarantine(String kept) {
        ObjectNode order = Json.object().put("actionType", "FILE_UNQUARANTINE");
        order.putObject("parameters").put("host.id", agentId).put("quarantined_file_path", kept);
        return order;
    }

    @Test
    void whatItsAgentHasNotFetchedIsCalledOff() {
        JsonNode asked = ask(kill());
        assertThat(asked.path("isCancellable").asBoolean()).isTrue();
        String path = EXECUTIONS + "/" + asked.path("id").asString();
        Answer off = collector().call("DELETE", path, analyst, "");
        assertThat(off.status()).as(off.text()).isEqualTo(200);
        assertThat(Schema.misfits(off.json(), "Execution")).isEmpty();
        assertThat(off.json().path("status").asString()).isEqualTo("FAILED");
        assertThat(off.json().path("outcome").asString()).isEqualTo("cancelled");
        assertThat(off.json().path("message").asString()).contains("analyst-1 called it off");
        assertThat(sync(0).path("commands").isMissingNode()).isTrue();
        assertThat(answer(asked.path("id").asString(), "done", "").status()).isEqualTo(404);
        assertThat(collector().call("DELETE", path, analyst, "").status())
                .as("once")
                .isEqualTo(409);
    }

    @Test
    void aContainerThatWasStoppedIsStartedByItsWholeId() {
        String id = ask(pause().put("actionType", "STOP_CONTAINER")).path("id").asString();
        sync(0);
        String whole = "3ad7b26ded6d".repeat(5) + "3ad7";
        ObjectNode done = Json.object().put("status", "done").put("message", "");
        done.putObject("facts").put("container", whole).put("undo", "torimono respond start");
        collector().post("/fleet/v1/responses/" + id, agent, done);
        Answer undone = collector().call("DELETE", EXECUTIONS + "/" + id, analyst, "");
        assertThat(undone.json().path("actionType").asString()).isEqualTo("START_CONTAINER");
        JsonNode command = sync(0).at("/commands/0");
        assertThat(command.path("command").asString()).isEqualTo("start-container");
        assertThat(command.path("target").asString()).isEqualTo(whole);
    }

    @Test
    void anAcquiredFileIsHandedInAndOut() {
        ObjectNode order = Json.object().put("actionType", "FILE_ACQUIRE");
        order.putObject("parameters").put("host.id", agentId).put("path.absolute", "/tmp/evil");
        String id = ask(order).path("id").asString();
        sync(0);
        String path = "/fleet/v1/responses/" + id + "/file";
        assertThat(collector().call("POST", path, agent, "early").status()).isEqualTo(404);
        answer(id, "done", "");
        String other = collector().enrol("other");
        assertThat(collector().call("POST", path, other, "forged").status()).isEqualTo(404);
        assertThat(collector().call("POST", path, agent, "#!evil").status()).isEqualTo(204);
        assertThat(collector().get(EXECUTIONS + "/" + id + "/acquired-file", analyst).text())
                .isEqualTo("#!evil");
        assertThat(
                        collector()
                                .get(
                                        EXECUTIONS + "/" + id + "/acquired-file",
                                        collector().tokenOf("viewer"))
                                .status())
                .isEqualTo(403);
    }

    private String acquired() {
        ObjectNode order = Json.object().put("actionType", "FILE_ACQUIRE");
        order.putObject("parameters")
                .put("host.id", agentId)
                .put("path.absolute", "/var/lib/torimono/captures/capture-1 a.scap");
        String id = ask(order).path("id").asString();
        sync(0);
        answer(id, "done", "");
        return id;
    }

    private int part(String id, long offset, String total, String sha256, String content) {
        String query = "?offset=" + offset + "&total=" + total + "&sha256=" + sha256;
        String path = "/fleet/v1/responses/" + id + "/file" + query;
        return collector().call("POST", path, agent, content).status();
    }

    @Test
    void aLargeFileIsHandedInByParts() {
        String id = acquired();
        String sha256 = "bbb59da3af939f7af5f360f2ceb80a496e3bae1cd87dde426db0ae40677e1c2c";
        assertThat(part(id, 0, "6", sha256, "abc")).isEqualTo(204);
        assertThat(execution(id).path("fileBytes").asLong(0)).isEqualTo(-1);
        assertThat(part(id, 4, "6", sha256, "f")).as("a part is missing").isEqualTo(422);
        assertThat(part(id, 0, "6", sha256, "abc")).isEqualTo(204);
        assertThat(part(id, 3, "6", sha256, "xyz")).as("another file").isEqualTo(422);
        assertThat(execution(id).path("fileBytes").asLong(0)).isEqualTo(-1);
        String whole = "bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721";
        assertThat(part(id, 0, "6", whole, "abc")).isEqualTo(204);
        assertThat(part(id, 3, "6", whole, "def")).isEqualTo(204);
        assertThat(execution(id).path("fileBytes").asLong(0)).isEqualTo(6);
        String path = EXECUTIONS + "/" + id + "/acquired-file";
        assertThat(collector().get(path, analyst).text()).isEqualTo("abcdef");
        assertThat(part(id, 0, Long.toString(1L << 40), whole, "x")).as("too large").isEqualTo(422);
    }

    @Test
    void ordersThatMakeNoSenseAreRefused() {
        ObjectNode nobody = kill();
        ((ObjectNode) nobody.path("parameters")).put("host.id", "nobody");
        ObjectNode without = kill();
        ((ObjectNode) without.path("parameters")).remove("process.id");
        ObjectNode more = kill();
        ((ObjectNode) more.path("parameters")).put("signal", 9);
        for (ObjectNode bad :
                new ObjectNode[] {
                    nobody,
                    without,
                    more,
                    kill().put("actionType", "DELETE_POD"),
                    kill().put("ttlSeconds", 86_400)
                }) {
            Answer answer = collector().post(EXECUTIONS, analyst, bad);
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        }
        assertThat(collector().get(EXECUTIONS, analyst).json().path("data")).isEmpty();
    }

    @Test
    void aFloodForOneAgentIsRefused() {
        int status = 201;
        for (int i = 0; i < 40 && status == 201; i++) {
            status = collector().post(EXECUTIONS, analyst, kill()).status();
        }
        assertThat(status).isEqualTo(429);
        assertThat(sync(0).path("commands")).hasSize(32);
    }

    @Test
    void anotherAgentsAnswerDoesNotCount() {
        String id = ask(kill()).path("id").asString();
        sync(0);
        assertThat(
                        collector()
                                .post(
                                        "/fleet/v1/responses/" + id,
                                        collector().enrol("other"),
                                        Json.object().put("status", "done"))
                                .status())
                .isEqualTo(404);
        assertThat(execution(id).path("status").asString()).isEqualTo("IN_PROGRESS");
    }

    @Test
    void ordersAreAuditedAndSurviveARestart() throws IOException {
        String id = ask(kill().put("ttlSeconds", 300)).path("id").asString();
        collector().close();
        started = new RunningCollector(folder);
        assertThat(sync(0).at("/commands/0/id").asString()).isEqualTo(id);
        assertThat(collector().get("/api/v1/audit", collector().admin()).text())
                .contains("analyst-1", "KILL_PROCESS", "4711");
    }
}
