// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static dev.torimono.collector.Forwarders.PATH;
import static dev.torimono.collector.Forwarders.awaitDelivery;
import static dev.torimono.collector.Forwarders.forwarder;
import static dev.torimono.collector.Forwarders.made;
import static dev.torimono.collector.Forwarders.options;
import static dev.torimono.collector.Forwarders.tell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.RunningCollector.Answer;
import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Forwarders and HTTP servers and files at their other ends. */
final class ForwardTest {
    private final HexFormat hex = HexFormat.of();

    private static List<String> rules(String array) {
        List<String> rules = new ArrayList<>();
        Json.parse(array.getBytes(StandardCharsets.UTF_8))
                .forEach(event -> rules.add(event.at("/content/ruleName").asString("")));
        return rules;
    }

    @Test
    void aWebhookGetsWhatItsFilterFindsSignedAndOnceInOrderAcrossRestarts(@TempDir Path folder)
            throws Exception {
        try (HttpReceiver receiver = new HttpReceiver()) {
            String path;
            String agent;
            try (RunningCollector collector = new RunningCollector(folder)) {
                agent = collector.enrol("a");
                tell(collector, agent, "before", 1);
                ObjectNode hook = forwarder("hook", "WEBHOOK");
                hook.put("filter", "ruleName startsWith \"wanted\"");
                options(hook).put("url", receiver.url() + "/in").put("secret", "s3cret-hook");
                options(hook).putObject("headers").put("X-Tenant", "t-1");
                path = made(collector, hook);
                tell(collector, agent, "other", 1);
                tell(collector, agent, "wanted a", 1);
                HttpReceiver.Post post = receiver.next();
                assertThat(rules(post.body())).containsExactly("wanted a");
                assertThat(post.header("X-Tenant")).isEqualTo("t-1");
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(
                        new SecretKeySpec(
                                "s3cret-hook".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                String signed = post.header("X-Torimono-Timestamp") + "." + post.body();
                assertThat(post.header("X-Torimono-Signature"))
                        .isEqualTo(
                                "sha256="
                                        + hex.formatHex(
                                                mac.doFinal(
                                                        signed.getBytes(StandardCharsets.UTF_8))));
                awaitDelivery(collector, path, "delivered", 1);
                receiver.status = 503;
                tell(collector, agent, "wanted b", 3);
                receiver.next();
                // Late, of an agent that was cut off: it happened before those that were taken.
                tell(collector, agent, "wanted late", 0);
            }
            receiver.status = 200;
            receiver.posts.clear();
            try (RunningCollector collector = new RunningCollector(folder)) {
                List<String> got = new ArrayList<>(rules(receiver.next().body()));
                while (got.size() < 2) {
                    got.addAll(rules(receiver.next().body()));
                }
                assertThat(got).containsExactly("wanted b", "wanted late");
                assertThat(
                                awaitDelivery(collector, path, "delivered", 3)
                                        .path("waiting")
                                        .asLong(-1))
                        .isZero();
                assertThat(collector.get("/metrics", collector.admin()).text())
                        .contains("torimono_forwarded_total{forwarder=\"hook\"} 3")
                        .contains("torimono_forward_waiting{forwarder=\"hook\"} 0");
            }
        }
    }

    @Test
    void oneEventThatIsRefusedDoesNotHoldUpTheOthersAndAllRefusedAreKept(@TempDir Path folder)
            throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                RunningCollector collector = new RunningCollector(folder)) {
            String agent = collector.enrol("a");
            receiver.status = 400;
            ObjectNode hook = forwarder("hook", "WEBHOOK");
            options(hook).put("url", receiver.url());
            String path = made(collector, hook);
            tell(collector, agent, "good", 1, 2);
            tell(collector, agent, "poison", 3);
            receiver.next();
            JsonNode delivery = awaitDelivery(collector, path, "waiting", 3);
            assertThat(delivery.path("refused").asLong(-1)).isZero();
            receiver.answering =
                    post -> {
                        receiver.status = post.body().contains("poison") ? 400 : 200;
                        return "";
                    };
            delivery = awaitDelivery(collector, path, "delivered", 2);
            assertThat(delivery.path("refused").asLong(-1)).isEqualTo(1);
            assertThat(delivery.path("waiting").asLong(-1)).isZero();
        }
    }

    @Test
    void elasticsearchIsGivenEachEventUnderItsIdAndWhatIsThereAlreadyCountsAsTaken(
            @TempDir Path folder) throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                RunningCollector collector = new RunningCollector(folder)) {
            receiver.answering =
                    post -> {
                        StringBuilder items = new StringBuilder();
                        int lines = post.body().split("\n", -1).length / 2;
                        for (int i = 0; i < lines; i++) {
                            int status = i == 0 ? 409 : i == 1 ? 400 : 201;
                            items.append(i == 0 ? "" : ",")
                                    .append("{\"create\":{\"status\":" + status + "}}");
                        }
                        return "{\"errors\":true,\"items\":[" + items + "]}";
                    };
            ObjectNode elastic = forwarder("elastic", "OPENSEARCH");
            options(elastic)
                    .put("url", receiver.url() + "/")
                    .put("username", "u")
                    .put("password", "p");
            String path = made(collector, elastic);
            tell(collector, collector.enrol("a"), "r", 1, 2, 3);
            JsonNode delivery = awaitDelivery(collector, path, "delivered", 2);
            assertThat(delivery.path("refused").asLong(-1)).isEqualTo(1);
            HttpReceiver.Post post = receiver.next();
            assertThat(post.path()).isEqualTo("/_bulk");
            assertThat(post.header("Authorization")).isEqualTo("Basic dTpw");
            String[] lines = post.body().split("\n", -1);
            JsonNode action = Json.parse(lines[0].getBytes(StandardCharsets.UTF_8));
            JsonNode event = Json.parse(lines[1].getBytes(StandardCharsets.UTF_8));
            assertThat(action.at("/create/_index").asString()).isEqualTo("torimono-2026.11.25");
            assertThat(action.at("/create/_id")).isEqualTo(event.path("id"));
            assertThat(event.path("@timestamp").asString()).isEqualTo("2026-11-25T10:00:01Z");
        }
    }

    @Test
    void splunkIsGivenTimeHostAndEvent(@TempDir Path folder) throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                RunningCollector collector = new RunningCollector(folder)) {
            ObjectNode splunk = forwarder("splunk", "SPLUNK");
            options(splunk).put("url", receiver.url()).put("token", "hec-1").put("index", "sec");
            made(collector, splunk);
            tell(collector, collector.enrol("a"), "r", 1);
            HttpReceiver.Post post = receiver.next();
            assertThat(post.path()).isEqualTo("/services/collector/event");
            assertThat(post.header("Authorization")).isEqualTo("Splunk hec-1");
            JsonNode sent = Json.parse(post.body().getBytes(StandardCharsets.UTF_8));
            assertThat(post.body()).startsWith("{\"time\":1795600801.000,");
            assertThat(sent.path("host").asString()).isEqualTo("web-1");
            assertThat(sent.path("index").asString()).isEqualTo("sec");
            assertThat(sent.at("/event/content/ruleName").asString()).isEqualTo("r");
        }
    }

    @Test
    void aFileIsRotatedAndHoldsEachEventOnce(@TempDir Path folder) throws Exception {
        ObjectNode file = forwarder("file", "FILE");
        options(file).put("file", "events.json").put("maxMebibytes", 1).put("keep", 50);
        try (RunningCollector collector = new RunningCollector(folder)) {
            String path = made(collector, file);
            String agent = collector.enrol("a");
            int[] numbers = java.util.stream.IntStream.range(0, 1500).toArray();
            tell(collector, agent, "r", numbers);
            awaitDelivery(collector, path, "delivered", 1500);
            Files.writeString(
                    folder.resolve("forwarded/events.json"),
                    "{\"half a li",
                    java.nio.file.StandardOpenOption.APPEND);
        }
        try (RunningCollector collector = new RunningCollector(folder)) {
            tell(collector, collector.enrol("a"), "s", 1);
            String path =
                    PATH
                            + "/"
                            + collector
                                    .get(PATH, collector.admin())
                                    .json()
                                    .path(0)
                                    .path("id")
                                    .asLong();
            awaitDelivery(collector, path, "delivered", 1501);
        }
        TreeSet<String> ids = new TreeSet<>();
        int lines = 0;
        try (var files = Files.list(folder.resolve("forwarded"))) {
            List<Path> all = files.toList();
            assertThat(all).hasSizeGreaterThan(1);
            for (Path each : all) {
                for (String line : Files.readAllLines(each)) {
                    lines++;
                    ids.add(
                            Json.object(line.getBytes(StandardCharsets.UTF_8))
                                    .path("id")
                                    .asString());
                }
            }
        }
        assertThat(lines).isEqualTo(1501);
        assertThat(ids).hasSize(1501);
    }

    @Test
    void secretsGoInAndNeverOutAndStayWhereTheyWere(@TempDir Path folder) throws IOException {
        try (RunningCollector collector = new RunningCollector(folder)) {
            ObjectNode splunk = forwarder("splunk", "SPLUNK");
            options(splunk).put("url", "https://splunk.example.org:8088").put("token", "T0KEN");
            String path = made(collector, splunk);
            Answer shown = collector.get(path, collector.admin());
            assertThat(shown.text()).doesNotContain("T0KEN").contains("\"secretsSet\":[\"token\"]");
            ObjectNode renamed = shown.object().put("name", "splunk 2");
            Answer changed = collector.call("PUT", path, collector.admin(), Json.bytes(renamed));
            assertThat(changed.status()).as(changed.text()).isEqualTo(200);
            assertThat(changed.text()).contains("\"secretsSet\":[\"token\"]");
            ObjectNode elsewhere = changed.object();
            options(elsewhere).put("url", "https://evil.example.org");
            assertThat(collector.call("PUT", path, collector.admin(), Json.bytes(elsewhere)).text())
                    .contains("options.token: must not be empty");
            assertThat(collector.call("DELETE", path, collector.admin(), "").status())
                    .isEqualTo(204);
            assertThat(collector.get(path, collector.admin()).status()).isEqualTo(404);
        }
    }

    @Test
    void aTestTellsWhatIsWrong(@TempDir Path folder) throws Exception {
        try (HttpReceiver receiver = new HttpReceiver();
                RunningCollector collector = new RunningCollector(folder)) {
            ObjectNode hook = forwarder("hook", "WEBHOOK");
            options(hook).put("url", receiver.url());
            String path = made(collector, hook);
            assertThat(collector.call("POST", path + "/test", collector.admin(), "").status())
                    .isEqualTo(204);
            assertThat(receiver.next().body()).contains("can reach this target");
            receiver.status = 401;
            assertThat(collector.call("POST", path + "/test", collector.admin(), "").text())
                    .contains("not_delivered", "it answered 401");
        }
    }

    @Test
    void forwardersThatCannotWorkAreRefused(@TempDir Path folder) throws IOException {
        try (RunningCollector collector = new RunningCollector(folder)) {
            String[] bad = {
                "{}",
                "{\"name\":\"x\",\"type\":\"PIGEON\"}",
                "{\"name\":\"x\",\"type\":\"FILE\",\"options\":{\"file\":\"../../etc/cron.d/x\"}}",
                "{\"name\":\"x\",\"type\":\"FILE\",\"options\":{\"file\":\"a\",\"keep\":-1}}",
                "{\"name\":\"x\",\"type\":\"WEBHOOK\",\"options\":{\"url\":\"file:///etc\"}}",
                "{\"name\":\"x\",\"type\":\"SYSLOG\",\"options\":{\"host\":\"h\"}}",
                "{\"name\":\"x\",\"type\":\"SYSLOG\",\"options\":{\"host\":\"h\",\"port\":1,\"transport\":\"x\"}}",
                "{\"name\":\"x\",\"type\":\"SPLUNK\",\"options\":{\"url\":\"http://h\"}}",
                "{\"name\":\"x\",\"type\":\"KAFKA\",\"options\":{\"brokers\":\"h\",\"topic\":\"t\"}}",
                "{\"name\":\"x\",\"type\":\"ELASTICSEARCH\",\"options\":{\"url\":\"http://h\",\"index\":\"../x\"}}",
                "{\"name\":\"x\",\"type\":\"WEBHOOK\",\"filter\":\"(\",\"options\":{\"url\":\"http://h\"}}",
            };
            for (String each : bad) {
                Answer answer = collector.call("POST", PATH, collector.admin(), each);
                assertThat(answer.status()).as(each + " " + answer.text()).isEqualTo(422);
            }
            assertThat(collector.get(PATH, collector.admin()).text()).isEqualTo("[]");
        }
    }
}
