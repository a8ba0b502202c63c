// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.agent.Log;
import dev.torimono.agent.config.AgentConfig;
import dev.torimono.agent.config.ConfigLoader;
import dev.torimono.agent.control.Answer;
import dev.torimono.agent.fleet.FleetLink;
import dev.torimono.collector.Collector;
import dev.torimono.collector.CollectorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An agent's own link and a collector that finds its token too old. */
final class TokenRotationTest {
    private static String token(Path identity) throws IOException {
        return Files.exists(identity)
                ? JsonMapper.shared()
                        .readTree(Files.readAllBytes(identity))
                        .path("token")
                        .asString("")
                : "";
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws Exception {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).isLessThan(endNs);
            Thread.sleep(50);
        }
    }

    private static JsonNode agents(Path data) {
        StringWriter out = new StringWriter();
        Torimono.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("agents", "--json", "--data", data.toString());
        return JsonMapper.shared().readTree(out.toString());
    }

    @Test
    void anOldTokenIsReplacedWithoutAnybodysDoing(@TempDir Path folder) throws Exception {
        Path data = folder.resolve("data");
        Path fleet = folder.resolve("fleet");
        try (Collector collector =
                Collector.start(
                        new CollectorConfig(
                                "127.0.0.1",
                                0,
                                data,
                                List.of(),
                                null,
                                null,
                                30,
                                1L << 30,
                                1,
                                CollectorConfig.Mail.NONE))) {
            AgentConfig config =
                    new ConfigLoader(Map.of())
                            .assignment("fleet.collector=" + collector.url())
                            .assignment("fleet.ca-file=" + data.resolve("tls/certificate.pem"))
                            .assignment("fleet.access-key-file=" + data.resolve("access.key"))
                            .assignment("fleet.folder=" + fleet)
                            .load();
            AgentConfig.Fleet settings = config.fleet();
            assertThat(settings).isNotNull();
            if (settings == null) {
                return;
            }
            Path identity = fleet.resolve("identity.json");
            try (FleetLink link = new FleetLink(config, settings, Log.toStderr(Log.Level.ERROR))) {
                link.start(
                        _ -> "",
                        Map::of,
                        () -> Map.of("hostname", "web-1"),
                        Map::of,
                        (_, _) -> Answer.refused("nothing is done here"));
                await(() -> !token(identity).isEmpty());
                String first = token(identity);
                long since = agents(data).path(0).path("tokenSince").asLong();
                // Each answer finds it too old; the new one counts since it was first used.
                await(() -> !token(identity).equals(first));
                await(() -> agents(data).path(0).path("tokenSince").asLong() > since);
                assertThat(agents(data)).hasSize(1);
                assertThat(agents(data).path(0).path("status").asString()).isEqualTo("connected");
            }
        }
    }
}
