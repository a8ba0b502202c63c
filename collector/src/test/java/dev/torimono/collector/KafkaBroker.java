// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A real broker that is its own controller, in a process of its own: one listener for everybody,
 * one with TLS, one with TLS for those who log in.
 */
final class KafkaBroker implements AutoCloseable {
    private static final Path JARS =
            Path.of(System.getProperty("torimono.root", ".."), "bench/kafka/target/lib");

    static final String USER = "torimono";

    /** Has what a careless quotation breaks. */
    static final String PASSWORD = "se\"cr\\et 1";

    final int port = freePort();
    final int tlsPort = freePort();
    final int saslPort = freePort();
    private final Path properties;
    private final Path log;
    private Process process;

    KafkaBroker(Path folder, TestTls tls) throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(JARS), "no broker: mvn -f bench/kafka/pom.xml package");
        properties = folder.resolve("server.properties");
        log = folder.resolve("broker.log");
        Path store = folder.resolve("broker.pem");
        Files.writeString(store, tls.key() + tls.authorities());
        Files.writeString(properties, properties(folder, store));
        Process format =
                java(
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        "MkU3OEVBNTcwNTJENDM2Qg",
                        "-c",
                        properties.toString(),
                        "--add-scram",
                        "SCRAM-SHA-512=[name=" + USER + ",password=" + PASSWORD + "]",
                        "--add-scram",
                        "SCRAM-SHA-256=[name=" + USER + ",password=" + PASSWORD + "]");
        assertThat(format.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(format.exitValue()).as(Files.readString(log)).isZero();
        process = java("kafka.Kafka", properties.toString());
    }

    private static String quoted() {
        return '"' + PASSWORD.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private String properties(Path folder, Path store) {
        int controller = freePort();
        String listeners =
                "PLAINTEXT://127.0.0.1:%d,SSL://127.0.0.1:%d,SASL_SSL://127.0.0.1:%d"
                        .formatted(port, tlsPort, saslPort);
        // A properties file takes a backslash before what it stands for.
        String plain =
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=%s;"
                        .formatted(USER, quoted())
                        .replace("\\", "\\\\");
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "listeners=" + listeners + ",CONTROLLER://127.0.0.1:" + controller,
                "advertised.listeners=" + listeners,
                "controller.listener.names=CONTROLLER",
                "inter.broker.listener.name=PLAINTEXT",
                "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT",
                "ssl.keystore.type=PEM",
                "ssl.keystore.location=" + store,
                "sasl.enabled.mechanisms=SCRAM-SHA-512,SCRAM-SHA-256,PLAIN",
                "listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
                        + " required;",
                "listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule"
                        + " required;",
                "listener.name.sasl_ssl.plain.sasl.jaas.config=" + plain,
                "log.dirs=" + folder.resolve("logs"),
                "offsets.topic.replication.factor=1",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "group.initial.rebalance.delay.ms=0");
    }

    private static int freePort() {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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

    /** What is in the topic, once there is so much of it. */
    List<ConsumerRecord<byte[], byte[]>> take(int count) {
        List<ConsumerRecord<byte[], byte[]>> taken = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                "127.0.0.1:" + port,
                                "group.id",
                                "test",
                                "auto.offset.reset",
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("torimono"));
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
            while (taken.size() < count) {
                assertThat(System.nanoTime()).isLessThan(endNs);
                consumer.poll(Duration.ofMillis(500)).forEach(taken::add);
            }
        }
        return taken;
    }

    static String id(ConsumerRecord<byte[], byte[]> of) {
        return new String(of.headers().lastHeader("id").value(), StandardCharsets.UTF_8);
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
