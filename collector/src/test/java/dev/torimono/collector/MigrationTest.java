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
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders that earlier versions of the collector left. */
final class MigrationTest {
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
}
