// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Files that agents hand in because somebody asked for them. */
final class AcquiredFileTest extends OneAskedAgent {
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
}
