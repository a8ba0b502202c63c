// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What runs on agents' machines, and what a scope covers of it, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ScopeTest {
    private static final String SHOP = "a".repeat(64);
    private static final String SYNC = "/fleet/v1/sync";
    private static final String REPORT =
            """
            {"facts": {"hostname": "web-1", "cluster": "blue", "tags": {"tier": "front"}},
             "containers": {"total": 4, "list": [
               {"id": "%s", "name": "shop", "runtime": "docker", "image": "nginx:1",
                "repository": "nginx", "tag": "1", "createdNs": 1700000000000000000,
                "labels": {"app": "shop"},
                "pod": {"name": "shop-1", "namespace": "store", "uid": "u"},
                "armed": {"sinceNs": 1700000001000000000, "mounts": 3, "storage": "overlay"}},
               {"id": "%s", "name": "pay", "runtime": "docker", "image": "pay:2",
                "repository": "pay", "tag": "2"},
               {"id": "%s", "pending": true, "runtime": "docker"},
               {"name": "without an id"}]}}"""
                    .formatted(SHOP, "b".repeat(64), "c".repeat(64));

    @TempDir private static Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable RunningCollector started;
    private String agent = "";
    private String silent = "";

    @BeforeAll
    void start() throws IOException {
        started = new RunningCollector(folder);
        agent = collector().enrol("web-1");
        silent = collector().enrol("web-2");
        assertThat(collector().call("POST", SYNC, agent, REPORT).status()).isEqualTo(200);
    }

    @AfterAll
    void stop() {
        collector().close();
    }

    private RunningCollector collector() {
        return java.util.Objects.requireNonNull(started);
    }

    private JsonNode covered(String scope) {
        Answer answer = preview(scope);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(Schema.misfits(answer.json(), "ScopePreview")).isEmpty();
        return answer.json();
    }

    private Answer preview(String scope) {
        String body =
                new String(Json.bytes(Json.object().put("scope", scope)), StandardCharsets.UTF_8);
        return collector().call("POST", "/api/v1/what-if/scope", collector().admin(), body);
    }

    private JsonNode containers() {
        JsonNode agents = collector().get("/api/v1/agents", collector().admin()).json();
        String id =
                agents.valueStream()
                        .filter(one -> one.path("hostname").asString("").equals("web-1"))
                        .map(one -> one.path("id").asString(""))
                        .findFirst()
                        .orElseThrow();
        Answer told = collector().get("/api/v1/agents/" + id + "/containers", collector().admin());
        assertThat(told.status()).isEqualTo(200);
        assertThat(Schema.misfits(told.json(), "AgentContainers")).isEmpty();
        return told.json();
    }

    @Test
    void containersOfAnAgentAreTold() {
        JsonNode told = containers();
        assertThat(told.path("known").asBoolean()).isTrue();
        assertThat(told.path("total").asInt()).isEqualTo(4);
        assertThat(told.path("containers").size()).isEqualTo(3);
        JsonNode shop = told.at("/containers/0");
        assertThat(shop.path("id").asString()).isEqualTo("a".repeat(12));
        assertThat(shop.path("namespace").asString()).isEqualTo("store");
        assertThat(shop.path("armed").asBoolean()).isTrue();
        assertThat(shop.path("armedSince").asLong()).isEqualTo(1_700_000_001_000L);
        assertThat(told.at("/containers/1/armed").asBoolean()).isFalse();
        assertThat(
                        collector()
                                .get("/api/v1/agents/nobody/containers", collector().admin())
                                .status())
                .isEqualTo(404);
    }

    @Test
    void whatWasToldStaysUntilItIsToldAnew() {
        Answer first = collector().call("POST", SYNC, silent, "{}");
        assertThat(first.json().path("tellContainers").asBoolean()).as(first.text()).isTrue();
        Answer again = collector().call("POST", SYNC, agent, "{}");
        assertThat(again.json().has("tellContainers")).isFalse();
        assertThat(containers().path("containers").size()).isEqualTo(3);
    }

    @Test
    void aScopeCoversWhatAgentsWouldCover() {
        JsonNode everywhere = covered("");
        assertThat(everywhere.path("hosts").asInt()).isEqualTo(1);
        // The third has not been described, yet everywhere is there too.
        assertThat(everywhere.path("containers").asInt()).isEqualTo(3);
        assertThat(everywhere.path("silent").asInt()).isEqualTo(1);
        JsonNode shop = covered("container.name = shop");
        assertThat(shop.path("hosts").asInt()).isZero();
        assertThat(shop.path("containers").asInt()).isEqualTo(1);
        assertThat(shop.path("pods").asInt()).isEqualTo(1);
        // One that is pending, and one that could not be read.
        assertThat(shop.path("unknown").asInt()).isEqualTo(2);
        assertThat(shop.at("/places/0/name").asString()).isEqualTo("shop");
        assertThat(covered("k8s.ns.name = store").path("containers").asInt()).isEqualTo(1);
        assertThat(covered("container.label.app = shop").path("containers").asInt()).isEqualTo(1);
        assertThat(covered("agent.tag.tier = front").path("containers").asInt()).isEqualTo(3);
        assertThat(covered("k8s.cluster.name = red").path("containers").asInt()).isZero();
        assertThat(covered("container.id = \"\"").path("hosts").asInt()).isEqualTo(1);
    }

    @Test
    void aScopeThatCannotBeUsedSaysWhere() {
        Answer refused = preview("container.nam = shop");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("message").asString())
                .startsWith("scope: at character 1: ")
                .contains("container.nam");
    }

    @Test
    void scopesTellTheirFields() {
        JsonNode names = collector().get("/api/v1/scopes/fields", collector().admin()).json();
        assertThat(names.toString()).contains("container.name", "agent.tag[KEY]");
    }

    @Test
    void aHostileReportIsCut() throws IOException {
        try (RunningCollector other = new RunningCollector(folder.resolve("other"))) {
            ObjectNode report = Json.object();
            ObjectNode told = report.putObject("containers");
            told.put("total", -5);
            var list = told.putArray("list");
            for (int i = 0; i < 1500; i++) {
                list.addObject()
                        .put("id", "d" + i)
                        .put("name", "n".repeat(600))
                        .put("armed", "yes");
            }
            assertThat(other.post(SYNC, other.enrol("web-3"), report).status()).isEqualTo(200);
            JsonNode shown =
                    other.call(
                                    "POST",
                                    "/api/v1/what-if/scope",
                                    other.admin(),
                                    "{\"scope\": \"container.id startswith d\"}")
                            .json();
            assertThat(shown.path("containers").asInt()).isEqualTo(1000);
            assertThat(shown.path("places").size()).isEqualTo(200);
            assertThat(shown.at("/places/0/name").asString()).hasSize(512);
        }
    }
}
