// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Roles of accounts as they change, and what the audit log says of whom. */
final class AccessTest {
    private static final String ACCOUNTS = "/api/v1/accounts";

    @TempDir private Path folder = Path.of("");
    private @org.jspecify.annotations.Nullable RunningCollector started;

    @BeforeEach
    void start() throws IOException {
        started = new RunningCollector(folder);
    }

    @AfterEach
    void stop() {
        collector().close();
    }

    private RunningCollector collector() {
        return java.util.Objects.requireNonNull(started);
    }

    private Answer give(String name, String role, String token) {
        return collector()
                .call(
                        "PUT",
                        ACCOUNTS + "/" + name,
                        token,
                        Json.object().put("role", role).toString());
    }

    private int seesAccounts(String token) {
        return collector().get(ACCOUNTS, token).status();
    }

    private List<JsonNode> audit() {
        return collector().get("/api/v1/audit", collector().admin()).json().valueStream().toList();
    }

    @Test
    void anotherRoleHoldsForSessionsThatAreOpen() {
        String session = collector().tokenOf("viewer");
        assertThat(seesAccounts(session)).isEqualTo(403);
        Answer up = give("viewer-1", "admin", collector().admin());
        assertThat(up.status()).as(up.text()).isEqualTo(200);
        assertThat(Schema.misfits(up.json(), "Account")).isEmpty();
        assertThat(seesAccounts(session)).isEqualTo(200);
        give("viewer-1", "analyst", collector().admin());
        assertThat(seesAccounts(session)).isEqualTo(403);
        assertThat(collector().get("/api/v1/me", session).json().path("role").asString())
                .isEqualTo("analyst");
        JsonNode last = audit().getFirst();
        assertThat(last.path("path").asString()).isEqualTo(ACCOUNTS + "/viewer-1");
        assertThat(last.path("detail").asString()).contains("analyst", "\"before\":\"admin\"");
    }

    @Test
    void tokensOfAnAccountFollowItsRole() {
        String session = collector().tokenOf("admin");
        Answer made = collector().post("/api/v1/tokens", session, Json.object().put("name", "ci"));
        String token = made.json().path("token").asString();
        assertThat(seesAccounts(token)).isEqualTo(200);
        give("admin-1", "viewer", collector().admin());
        assertThat(seesAccounts(token)).isEqualTo(403);
    }

    @Test
    void theLastAdministratorStaysOne() {
        Answer refused = give("admin", "analyst", collector().admin());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("last administrator");
        assertThat(give("admin", "admin", collector().admin()).status()).isEqualTo(200);
        String other = collector().tokenOf("admin");
        assertThat(give("admin", "viewer", other).status()).isEqualTo(200);
        assertThat(give("admin-1", "viewer", other).status()).isEqualTo(409);
    }

    @Test
    void whatIsNoRoleOrNoAccountIsRefused() {
        assertThat(give("nobody", "viewer", collector().admin()).status()).isEqualTo(404);
        assertThat(give("admin", "root", collector().admin()).status()).isEqualTo(422);
        String viewer = collector().tokenOf("viewer");
        assertThat(give("viewer-1", "admin", viewer).status()).isEqualTo(403);
    }

    @Test
    void onlyChangesAndWhatIsHandedOutAreAudited() {
        int before = audit().size();
        ObjectNode text =
                Json.object().put("kind", "rule").put("text", "- list: x\n  items: [a]\n");
        for (String path :
                List.of(
                        "/api/v1/yaml/read",
                        "/api/v1/yaml/write",
                        "/api/v1/what-if/scope",
                        "/api/v1/what-if/policy",
                        "/api/v1/what-if/exception",
                        "/api/v1/what-if/rule")) {
            collector().post(path, collector().admin(), text);
        }
        assertThat(audit()).hasSize(before);
        collector()
                .get(
                        "/secure/response-actions/v1alpha1/action-executions/none/acquired-file",
                        collector().admin());
        assertThat(audit()).hasSize(before + 1);
        collector().call("PUT", "/api/v1/yaml", collector().admin(), text.toString());
        assertThat(audit()).hasSize(before + 2);
        assertThat(audit().getFirst().path("detail").asString()).isEqualTo("[\"list x\"]");
    }

    /** Whoever adds a call that changes something without a trace must say so here. */
    @Test
    void nothingButQuestionsIsLeftOut() {
        ObjectNode paths = (ObjectNode) collector().get("/openapi.json", "").json().path("paths");
        List<String> silent =
                paths.properties().stream()
                        .flatMap(
                                path ->
                                        path.getValue().properties().stream()
                                                .filter(one -> !one.getKey().equals("get"))
                                                .filter(
                                                        one ->
                                                                !one.getValue()
                                                                        .path("x-audited")
                                                                        .asBoolean())
                                                .map(one -> path.getKey()))
                        .toList();
        assertThat(silent)
                .containsExactlyInAnyOrder(
                        "/api/v1/yaml/read",
                        "/api/v1/yaml/write",
                        "/api/v1/what-if/scope",
                        "/api/v1/what-if/policy",
                        "/api/v1/what-if/exception",
                        "/api/v1/what-if/rule");
    }
}
