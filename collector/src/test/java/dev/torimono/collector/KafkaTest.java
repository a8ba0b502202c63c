// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static dev.torimono.collector.ForwardTest.awaitDelivery;
import static dev.torimono.collector.ForwardTest.forwarder;
import static dev.torimono.collector.ForwardTest.made;
import static dev.torimono.collector.ForwardTest.options;
import static dev.torimono.collector.ForwardTest.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.torimono.collector.event.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kafka's protocol by a small broker; a real one where its jars are: {@code mvn -f
 * bench/kafka/pom.xml package}.
 */
final class KafkaTest {
    private static final Path JARS =
            Path.of(System.getProperty("torimono.root", ".."), "bench/kafka/target/lib");

    /** One broker that is its own controller, in a process of its own. */
    private static final class Broker implements AutoCloseable {
        private final Path properties;
        private final Path log;
        final int port;
        private Process process;

        Broker(Path folder) throws IOException, InterruptedException {
            port = freePort();
            int controller = freePort();
            properties = folder.resolve("server.properties");
            log = folder.resolve("broker.log");
            Files.writeString(
                    properties,
                    String.join(
                            "\n",
                            "process.roles=broker,controller",
                            "node.id=1",
                            "controller.quorum.voters=1@127.0.0.1:" + controller,
                            "listeners=PLAINTEXT://127.0.0.1:"
                                    + port
                                    + ",CONTROLLER://127.0.0.1:"
                                    + controller,
                            "advertised.listeners=PLAINTEXT://127.0.0.1:" + port,
                            "controller.listener.names=CONTROLLER",
                            "inter.broker.listener.name=PLAINTEXT",
                            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                            "log.dirs=" + folder.resolve("logs"),
                            "offsets.topic.replication.factor=1",
                            "transaction.state.log.replication.factor=1",
                            "transaction.state.log.min.isr=1",
                            "group.initial.rebalance.delay.ms=0"));
            Process format =
                    java(
                            "kafka.tools.StorageTool",
                            "format",
                            "-t",
                            "MkU3OEVBNTcwNTJENDM2Qg",
                            "-c",
                            properties.toString());
            assertThat(format.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(format.exitValue()).as(Files.readString(log)).isZero();
            process = java("kafka.Kafka", properties.toString());
        }

        private static int freePort() throws IOException {
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return any.getLocalPort();
            }
        }

        private Process java(String main, String... arguments) throws IOException {
            List<String> command = new ArrayList<>();
            command.add(ProcessHandle.current().info().command().orElseThrow());
            command.addAll(List.of("-Xmx512m", "-cp", JARS + "/*", main));
            command.addAll(List.of(arguments));
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        }

        void stop() throws InterruptedException {
            process.destroy();
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        }

        void startAgain() throws IOException {
            process = java("kafka.Kafka", properties.toString());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

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
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            JsonNode delivery = collector.get(path, collector.admin()).json().path("delivery");
            while (delivery.path("lastError").asString("").isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(endNs);
                Thread.sleep(200);
                delivery = collector.get(path, collector.admin()).json().path("delivery");
            }
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
        assumeTrue(Files.isDirectory(JARS), "no broker: mvn -f bench/kafka/pom.xml package");
        try (Broker broker = new Broker(folder);
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
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    "127.0.0.1:" + broker.port,
                                    "group.id",
                                    "test",
                                    "auto.offset.reset",
                                    "earliest"),
                            new ByteArrayDeserializer(),
                            new ByteArrayDeserializer())) {
                consumer.subscribe(List.of("torimono"));
                long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
                while (ids.size() < 5) {
                    assertThat(System.nanoTime()).isLessThan(endNs);
                    for (ConsumerRecord<byte[], byte[]> each :
                            consumer.poll(Duration.ofMillis(500))) {
                        assertThat(new String(each.key(), StandardCharsets.UTF_8))
                                .isEqualTo("web-1");
                        String id = Json.object(each.value()).path("id").asString();
                        assertThat(each.headers().lastHeader("id").value())
                                .isEqualTo(id.getBytes(StandardCharsets.UTF_8));
                        ids.add(id);
                    }
                }
            }
        }
    }
}
