// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.forward;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Kafka, acknowledged by all in-sync replicas. Events of one host have one key, so that
 * they keep their order; the id is a header, by which what came twice is told.
 */
final class KafkaTarget implements Target {
    private static final int TIMEOUT_MS = 20_000;
    private static final int MAX_REQUEST = 16 << 20;
    private static final Duration END = Duration.ofSeconds(2);

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    KafkaTarget(Options options) throws IOException {
        this.topic = options.required("topic");
        try {
            this.producer =
                    new KafkaProducer<>(
                            properties(options),
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
        } catch (KafkaException e) {
            throw new IOException(words(e), e);
        }
    }

    static void check(Options options) {
        Options.require(
                options.required("brokers").matches("[^,\\s]+:\\d+(,[^,\\s]+:\\d+)*"),
                "brokers",
                "must be HOST:PORT, or several with commas between");
        Options.require(
                options.required("topic").matches("[A-Za-z0-9._-]{1,249}"),
                "topic",
                "must be letters, digits, dots, dashes and underscores");
        options.oneOf("security", "plaintext", "tls", "sasl_tls");
        options.oneOf("mechanism", "SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");
        if (options.text("security").equals("sasl_tls")) {
            options.required("username");
            options.required("password");
        }
        options.authorities();
    }

    private static Properties properties(Options options) {
        Properties all = new Properties();
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, options.required("brokers"));
        all.put(ProducerConfig.CLIENT_ID_CONFIG, "torimono");
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        // In the JDK and in every client, unlike the others.
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS / 2);
        all.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
        String security = options.oneOf("security", "plaintext", "tls", "sasl_tls");
        all.put(
                "security.protocol",
                switch (security) {
                    case "tls" -> "SSL";
                    case "sasl_tls" -> "SASL_SSL";
                    case String _ -> "PLAINTEXT";
                });
        if (security.equals("sasl_tls")) {
            sasl(options, all);
        }
        String authorities = options.text("caCertificates");
        if (!authorities.isBlank() && !security.equals("plaintext")) {
            all.put("ssl.truststore.type", "PEM");
            all.put("ssl.truststore.certificates", authorities);
        }
        return all;
    }

    private static void sasl(Options options, Properties all) {
        String mechanism = options.oneOf("mechanism", "SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");
        String module =
                mechanism.equals("PLAIN")
                        ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                        : "org.apache.kafka.common.security.scram.ScramLoginModule";
        all.put("sasl.mechanism", mechanism);
        all.put(
                "sasl.jaas.config",
                module
                        + " required username=\""
                        + quoted(options.text("username"))
                        + "\" password=\""
                        + quoted(options.text("password"))
                        + "\";");
    }

    private static String quoted(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }

    @Override
    public int send(List<Shipment> events) throws IOException, InterruptedException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            for (Shipment event : events) {
                ProducerRecord<byte[], byte[]> message =
                        new ProducerRecord<>(
                                topic, event.host().getBytes(StandardCharsets.UTF_8), event.body());
                message.headers().add("id", event.id().getBytes(StandardCharsets.UTF_8));
                Future<RecordMetadata> future = producer.send(message);
                sent.add(future);
                // Without a broker each send waits for one: the first is enough to know.
                if (future.state() == Future.State.FAILED && !isTooLarge(future)) {
                    throw new IOException(words(future.exceptionNow()));
                }
            }
            producer.flush();
        } catch (KafkaException e) {
            throw new IOException(words(e), e);
        }
        int refused = 0;
        for (Future<RecordMetadata> each : sent) {
            try {
                each.get();
            } catch (ExecutionException e) {
                if (!isTooLarge(each)) {
                    throw new IOException(words(e.getCause()), e);
                }
                refused++;
            }
        }
        return refused;
    }

    private static boolean isTooLarge(Future<RecordMetadata> failed) {
        return failed.exceptionNow() instanceof RecordTooLargeException;
    }

    private static String words(@Nullable Throwable e) {
        String why = e == null || e.getMessage() == null ? "failed" : e.getMessage();
        Throwable cause = e == null ? null : e.getCause();
        String more = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
        return e instanceof InvalidTopicException ? "topic: " + why : why + more;
    }

    @Override
    public void close() {
        producer.close(END);
    }
}
