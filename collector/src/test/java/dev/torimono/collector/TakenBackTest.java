// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What people take back of what agents did, and call off before they did it. */
final class TakenBackTest extends OneAskedAgent {
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
}
