// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static dev.torimono.collector.Forwarders.awaitDelivery;
import static dev.torimono.collector.Forwarders.awaitError;
import static dev.torimono.collector.Forwarders.forwarder;
import static dev.torimono.collector.Forwarders.made;
import static dev.torimono.collector.Forwarders.options;
import static dev.torimono.collector.Forwarders.tell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.event.Json;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kafka's protocol by a small broker; a real one where its jars are: {@code mvn -f
 * bench/kafka/pom.xml package}.
 */
final class KafkaTest {
    private static ObjectNode kafka(int port) {
        ObjectNode kafka = forwarder("kafka", "KAFKA");
        options(kafka).put("brokers", "127.0.0.1:" + port).put("topic", "torimono");
        return kafka;
    }

    @Test
    void withoutABrokerEventsWaitAndTheReasonIsTold(@TempDir Path folder) throws Exception {
        int nobody;
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = any.getLocalPort();
        }
        try (RunningCollector collector = new RunningCollector(folder)) {
            String path = made(collector, kafka(nobody));
            tell(collector, collector.enrol("a"), "r", 1, 2);
            awaitDelivery(collector, path, "waiting", 2);
            JsonNode delivery = awaitError(collector, path);
            assertThat(delivery.path("waiting").asLong(-1)).isEqualTo(2);
            assertThat(delivery.path("delivered").asLong(-1)).isZero();
        }
    }

    @Test
    void eventsAreProducedWithHostAndIdAndAgainWhenTheyWereNotAcknowledged(@TempDir Path folder)
            throws Exception {
        try (SmallBroker broker = new SmallBroker();
                RunningCollector collector = new RunningCollector(folder)) {
            String path = made(collector, kafka(broker.port()));
            String agent = collector.enrol("a");
            tell(collector, agent, "r é", 1, 2);
            awaitDelivery(collector, path, "delivered", 2);
            // Not enough in-sync replicas: nothing may be called taken until there are.
            broker.error = 19;
            tell(collector, agent, "s", 3);
            awaitDelivery(collector, path, "waiting", 1);
            broker.error = 0;
            awaitDelivery(collector, path, "delivered", 3);
            List<String> rules = new ArrayList<>();
            for (SmallBroker.Produced each : broker.produced) {
                ObjectNode event = Json.object(each.value().getBytes(StandardCharsets.UTF_8));
                assertThat(each.key()).isEqualTo("web-1");
                assertThat(each.id()).isEqualTo(event.path("id").asString());
                rules.add(event.at("/content/ruleName").asString(""));
            }
            assertThat(rules).containsExactly("r é", "r é", "s");
        }
    }

    @Test
    void everyEventIsInTheTopicAlsoWhenTheBrokerWasAway(@TempDir Path folder) throws Exception {
        try (KafkaBroker broker = new KafkaBroker(folder, TestTls.in(folder.resolve("tls")));
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            String path = made(collector, kafka(broker.port));
            String agent = collector.enrol("a");
            tell(collector, agent, "r", 1, 2, 3);
            awaitDelivery(collector, path, "delivered", 3);
            broker.stop();
            tell(collector, agent, "s", 4, 5);
            broker.startAgain();
            awaitDelivery(collector, path, "delivered", 5);
            TreeSet<String> ids = new TreeSet<>();
            for (ConsumerRecord<byte[], byte[]> each : broker.take(5)) {
                assertThat(new String(each.key(), StandardCharsets.UTF_8)).isEqualTo("web-1");
                String id = Json.object(each.value()).path("id").asString();
                assertThat(KafkaBroker.id(each)).isEqualTo(id);
                ids.add(id);
            }
            assertThat(ids).hasSize(5);
        }
    }
}
