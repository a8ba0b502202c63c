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

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Kafka by TLS, and for those who log in, by a real broker; see {@link KafkaBroker}. */
final class KafkaLoginTest {
    private static ObjectNode kafka(String name, int port, String security, String authorities) {
        ObjectNode kafka = forwarder(name, "KAFKA");
        options(kafka)
                .put("brokers", "127.0.0.1:" + port)
                .put("topic", "torimono")
                .put("security", security)
                .put("caCertificates", authorities);
        return kafka;
    }

    private static ObjectNode login(ObjectNode kafka, String mechanism, String password) {
        options(kafka)
                .put("mechanism", mechanism)
                .put("username", KafkaBroker.USER)
                .put("password", password);
        return kafka;
    }

    @Test
    void whoIsTrustedAndMayLogInIsToldAndNobodyElse(@TempDir Path folder) throws Exception {
        TestTls tls = TestTls.in(folder.resolve("tls"));
        TestTls other = TestTls.in(folder.resolve("other"));
        try (KafkaBroker broker = new KafkaBroker(folder, tls);
                RunningCollector collector = new RunningCollector(folder.resolve("data"))) {
            String pem = tls.authorities();
            int sasl = broker.saslPort;
            String plain = made(collector, kafka("tls", broker.tlsPort, "tls", pem));
            String scram512 =
                    made(
                            collector,
                            login(
                                    kafka("scram-512", sasl, "sasl_tls", pem),
                                    "SCRAM-SHA-512",
                                    KafkaBroker.PASSWORD));
            String scram256 =
                    made(
                            collector,
                            login(
                                    kafka("scram-256", sasl, "sasl_tls", pem),
                                    "SCRAM-SHA-256",
                                    KafkaBroker.PASSWORD));
            String plainLogin =
                    made(
                            collector,
                            login(
                                    kafka("plain", sasl, "sasl_tls", pem),
                                    "PLAIN",
                                    KafkaBroker.PASSWORD));
            String stranger =
                    made(collector, kafka("untrusted", broker.tlsPort, "tls", other.authorities()));
            String wrong =
                    made(
                            collector,
                            login(
                                    kafka("wrong", sasl, "sasl_tls", pem),
                                    "SCRAM-SHA-512",
                                    "something else"));
            tell(collector, collector.enrol("a"), "r", 1, 2);
            for (String path : new String[] {plain, scram512, scram256, plainLogin}) {
                awaitDelivery(collector, path, "delivered", 2);
            }
            assertThat(broker.take(8).stream().map(KafkaBroker::id).distinct()).hasSize(2);
            for (String path : new String[] {stranger, wrong}) {
                JsonNode delivery = awaitError(collector, path);
                assertThat(delivery.path("delivered").asLong(-1)).as(path).isZero();
                assertThat(delivery.path("waiting").asLong(-1)).as(path).isEqualTo(2);
            }
            assertThat(awaitError(collector, wrong).path("lastError").asString(""))
                    .containsIgnoringCase("authentication")
                    .doesNotContain("something else");
            assertThat(awaitError(collector, stranger).path("lastError").asString(""))
                    .containsIgnoringCase("SSL");
            assertThat(collector.get(wrong, collector.admin()).text())
                    .doesNotContain("something else");
        }
    }
}
