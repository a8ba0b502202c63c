// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torimono.collector.access.ShortCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a collector's certificate before it ends. */
final class RenewalTest {
    @TempDir private Path data = Path.of("");

    private static X509Certificate read(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private X509Certificate own() throws IOException, GeneralSecurityException {
        return read(data.resolve("tls/certificate.pem"));
    }

    /** Trusts anybody, to see who it is. */
    private static final class Curious implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String auth) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String auth) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static X509Certificate shown(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Curious()}, null);
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void oneThatEndsBeforeLongIsRenewedAtTheStartWithItsKey() throws Exception {
        ShortCertificate.make(data.resolve("tls"), 20);
        X509Certificate old = own();
        // Its client trusts what lies in the folder after the start.
        try (RunningCollector collector = new RunningCollector(data)) {
            assertThat(collector.get("/healthz", "").status()).isEqualTo(200);
            assertThat(shown(collector.port())).isEqualTo(own()).isNotEqualTo(old);
        }
        assertThat(own().getPublicKey()).isEqualTo(old.getPublicKey());
        assertThat(own().getNotAfter().toInstant())
                .isAfter(Instant.now().plus(9 * 365, ChronoUnit.DAYS));
        X509Certificate renewed = own();
        new RunningCollector(data).close();
        assertThat(own()).as("there is no need for another").isEqualTo(renewed);
        // Who trusts a file of before trusts it too: the key of that one signed it.
        renewed.verify(old.getPublicKey());
        assertThat(old.getBasicConstraints()).isNotNegative();
    }

    @Test
    void itIsRenewedWhileTheCollectorRuns() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
        InstantSource clock = now::get;
        try (Collector collector = Collector.start(RunningCollector.config(data), clock, 0)) {
            X509Certificate old = shown(collector.port());
            collector.renewCertificate();
            assertThat(shown(collector.port())).isEqualTo(old);
            now.set(Instant.now().plus(10 * 365 - 30, ChronoUnit.DAYS));
            collector.renewCertificate();
            X509Certificate renewed = shown(collector.port());
            assertThat(renewed).isEqualTo(own()).isNotEqualTo(old);
            assertThat(renewed.getPublicKey()).isEqualTo(old.getPublicKey());
            assertThat(renewed.getNotAfter()).isAfter(old.getNotAfter());
        }
    }

    @Test
    void oneThatWasGivenIsTakenAnewWhenItsFilesChange(@TempDir Path given) throws Exception {
        ShortCertificate.make(given, 5);
        CollectorConfig own = RunningCollector.config(data);
        CollectorConfig config =
                new CollectorConfig(
                        own.host(),
                        0,
                        data,
                        List.of(),
                        given.resolve("certificate.pem"),
                        given.resolve("key.pem"),
                        own.retentionDays(),
                        own.maxBytes(),
                        0,
                        CollectorConfig.Mail.NONE);
        try (Collector collector = Collector.start(config)) {
            X509Certificate old = shown(collector.port());
            collector.renewCertificate();
            assertThat(shown(collector.port())).as("it is nobody's but the giver's").isEqualTo(old);
            ShortCertificate.make(given, 400);
            collector.renewCertificate();
            assertThat(shown(collector.port()))
                    .isEqualTo(read(given.resolve("certificate.pem")))
                    .isNotEqualTo(old);
        }
    }
}
