// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people have agents do, over the API; the agent is played by the test. */
final class ResponseTest extends OneAskedAgent {
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
