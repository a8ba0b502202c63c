// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.collector.state.EarlierSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Folders that earlier versions of the collector left. */
final class MigrationTest {
    private static final String RESPONSES = "/secure/response-actions/v1alpha1/action-executions";
    private static final String CHANNEL =
            "{\"type\":\"SLACK\",\"enabled\":true,\"options\":{\"url\":\"http://127.0.0.1:1/T0KEN-%s\"}}";

    private static void earlier(Path data, int version) throws Exception {
        EarlierSchema.create(
                data.resolve("collector.db"),
                version,
                "INSERT INTO account VALUES ('admin', 'x', 'ADMIN', 1)",
                "INSERT INTO document VALUES (1, 'CHANNEL', 'chat', 2, '"
                        + CHANNEL.formatted("now")
                        + "', 1, 2)",
                "INSERT INTO document VALUES (2, 'LIST', 'my_shells', 1,"
                        + " '{\"append\":false,\"items\":{\"items\":[\"fish\"]}}', 1, 2)",
                "INSERT INTO document_history VALUES (1, 1, '"
                        + CHANNEL.formatted("then")
                        + "', 'admin', 1)",
                "INSERT INTO document_history VALUES (1, 2, '"
                        + CHANNEL.formatted("now")
                        + "', 'admin', 2)",
                "INSERT INTO document_history VALUES (7, 1, '"
                        + CHANNEL.formatted("gone")
                        + "', 'admin', 1)",
                "INSERT INTO document_history VALUES (7, 2, NULL, 'admin', 1)",
                "INSERT INTO document_history VALUES (2, 1,"
                        + " '{\"append\":false,\"items\":{\"items\":[\"fish\"]}}', 'admin', 1)",
                "INSERT INTO agent VALUES ('a-1', x'00', 'web-1', '{}', 5, 0)",
                "INSERT INTO delivery (channel, body, due, created) VALUES (1, '{\"text\":\"x\"}',"
                        + " 9223372036854775807, 9223372036854775807)");
    }

    private static boolean contains(Path folder, String text) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                        .contains(text)) {
                    return true;
                }
            }
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theFolderOfAnEarlierVersionGoesOnAndHoldsNoReadableSecret(int version, @TempDir Path data)
            throws Exception {
        earlier(data, version);
        assertThat(contains(data, "T0KEN")).isTrue();
        Files.writeString(data.resolve("cli.token"), "none\n");
        for (int start = 0; start < 2; start++) {
            try (Collector collector = Collector.start(RunningCollector.config(data))) {
                assertThat(collector.port()).isPositive();
                assertThat(contains(data, "T0KEN")).isFalse();
            }
            assertThat(contains(data, "T0KEN")).isFalse();
        }
        // Nobody may read other than by the key; everything else is as it was.
        assertThat(contains(data, "my_shells")).isTrue();
        Files.delete(data.resolve("secret.key"));
        assertThatThrownBy(() -> Collector.start(RunningCollector.config(data)))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining("restore the key");
    }

    /**
     * What the versions before kept: they knew roll-outs and tokens; the older one no responses.
     */
    private static void before(Path data, int version, String agentToken) throws Exception {
        EarlierSchema.create(
                data.resolve("collector.db"),
                version,
                "INSERT INTO account VALUES ('admin', 'x', 'ADMIN', 1)",
                "INSERT INTO token (hash, name, account, kind, created, expires) VALUES (x'"
                        + hash("tmt_before")
                        + "', 'cli', 'admin', 'api', 1, 0)",
                "INSERT INTO agent (id, hash, hostname, facts, enrolled, token_since) VALUES"
                        + " ('a-1', x'"
                        + hash(agentToken)
                        + "', 'web-1', '{\"tags\":{\"ring\":\"1\"}}', 5, 7)",
                "INSERT INTO document VALUES (2, 'LIST', 'my_shells', 1,"
                        + " '{\"append\":false,\"items\":{\"items\":[\"fish\"]}}', 1, 2)",
                "INSERT INTO bundle (version, rules, policies, created) VALUES ('v-before', '', '',"
                        + " 3)",
                "INSERT INTO forwarding (forwarder, arrival) VALUES (9, 77)",
                "INSERT INTO setting VALUES ('elsewhere', '{}')");
        Files.writeString(data.resolve("cli.token"), "tmt_before\n");
    }

    private static String hash(String token) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(token.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void theFolderOfTheVersionBeforeServesItsAgentsAndTakesResponses(
            int version, @TempDir Path data) throws Exception {
        before(data, version, "tma_before");
        for (int start = 0; start < 2; start++) {
            try (RunningCollector collector = new RunningCollector(data)) {
                String admin = collector.admin();
                JsonNode agents = collector.get("/api/v1/agents", admin).json();
                assertThat(agents.path(0).path("hostname").asString("")).isEqualTo("web-1");
                assertThat(collector.get("/api/secure/falco/lists/2", admin).text())
                        .contains("my_shells", "fish");
                String report = "{\"has\": \"\", \"inForce\": \"\", \"waitMs\": 0, \"health\": {}}";
                assertThat(
                                collector
                                        .call("POST", "/fleet/v1/sync", "tma_before", report)
                                        .json()
                                        .at("/bundle/rules")
                                        .asString(""))
                        .contains("my_shells");
                assertThat(respond(collector, admin).status()).isEqualTo(201);
                assertThat(collector.get(RESPONSES, admin).json().path("data").size())
                        .isEqualTo(start + 1);
            }
        }
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("collector.db"));
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "PRAGMA user_version")).isEqualTo(6);
            assertThat(number(statement, "SELECT arrival FROM forwarding")).isEqualTo(77);
            assertThat(number(statement, "SELECT count(*) FROM bundle WHERE version = 'v-before'"))
                    .isEqualTo(1);
            assertThat(number(statement, "SELECT count(*) FROM setting WHERE name = 'elsewhere'"))
                    .isEqualTo(1);
        }
    }

    private static RunningCollector.Answer respond(RunningCollector collector, String admin) {
        return collector.call(
                "POST",
                RESPONSES,
                admin,
                "{\"actionType\": \"KILL_PROCESS\", \"parameters\": {\"host.id\": \"a-1\","
                        + " \"process.id\": 4711, \"startTime\": 1}}");
    }

    private static long number(Statement statement, String sql) throws Exception {
        try (ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    @Test
    void whatANewerVersionWroteIsRefusedAndLeftAsItIs(@TempDir Path data) throws Exception {
        before(data, 4, "tma_before");
        Path file = data.resolve("collector.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }
        assertThatThrownBy(() -> Collector.start(RunningCollector.config(data)))
                .isInstanceOf(CollectorException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("version 7, written by a newer torimono; this one knows 6");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            assertThat(number(statement, "PRAGMA user_version")).isEqualTo(7);
            assertThat(
                            number(
                                    statement,
                                    "SELECT count(*) FROM sqlite_master WHERE name = 'response'"))
                    .isZero();
        }
    }
}
