// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.torimono.agent.Logs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server that insists on a client certificate, with one key pair for both ends. */
class TlsTest {
    private static final String PASSWORD = "changeit";
    private static final AtomicInteger POSTS = new AtomicInteger();

    @TempDir private static Path folder;
    private static HttpsServer server;

    @BeforeAll
    static void listen() throws Exception {
        KeyStore store = keyStore("box", "ip:127.0.0.1");
        pem("CERTIFICATE", store.getCertificate("box").getEncoded(), "box.crt");
        pem("PRIVATE KEY", store.getKey("box", PASSWORD.toCharArray()).getEncoded(), "box.key");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys(store), trust(store), null);
        server.setHttpsConfigurator(
                new HttpsConfigurator(context) {
                    @Override
                    public void configure(HttpsParameters to) {
                        SSLParameters parameters = context.getDefaultSSLParameters();
                        parameters.setNeedClientAuth(true);
                        to.setSSLParameters(parameters);
                    }
                });
        server.createContext(
                "/",
                exchange -> {
                    POSTS.incrementAndGet();
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static javax.net.ssl.KeyManager[] keys(KeyStore store) throws Exception {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        return factory.getKeyManagers();
    }

    private static javax.net.ssl.TrustManager[] trust(KeyStore store) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("box", store.getCertificate("box"));
        TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static KeyStore keyStore(String alias, String name) throws Exception {
        Path file = folder.resolve(alias + ".p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                                "-genkeypair",
                                "-alias",
                                alias,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + alias,
                                "-ext",
                                "san=" + name,
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    private static void pem(String what, byte[] der, String name) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(der);
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    private static HttpOutput output(
            boolean insecure, @Nullable String ca, @Nullable String certificate) throws Exception {
        HttpSettings settings =
                new HttpSettings(
                        URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        "t",
                        Map.of(),
                        5000,
                        1,
                        10,
                        false,
                        false,
                        insecure,
                        ca == null ? null : folder.resolve(ca),
                        certificate == null ? null : folder.resolve(certificate + ".crt"),
                        certificate == null ? null : folder.resolve(certificate + ".key"));
        return new HttpOutput(settings, new Logs().log());
    }

    @Test
    void bothEndsShowCertificates() throws Exception {
        int before = POSTS.get();
        try (HttpOutput output = output(false, "box.crt", "box")) {
            output.write(Lines.json("m"));
        }
        assertThat(POSTS.get()).isEqualTo(before + 1);
    }

    @Test
    void unknownAuthorityIsRefusedUnlessInsecure() throws Exception {
        try (HttpOutput output = output(false, null, "box")) {
            assertThatThrownBy(() -> output.write(Lines.json("m")))
                    .hasMessageContaining("certification path");
        }
        int before = POSTS.get();
        try (HttpOutput output = output(true, null, "box")) {
            output.write(Lines.json("m"));
        }
        assertThat(POSTS.get()).isEqualTo(before + 1);
    }

    @Test
    void withoutOurCertificateTheServerRefuses() throws Exception {
        try (HttpOutput output = output(false, "box.crt", null)) {
            assertThatThrownBy(() -> output.write(Lines.json("m"))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void unusableFilesAreNamed() throws IOException {
        Files.writeString(folder.resolve("odd.crt"), "nothing");
        Files.writeString(folder.resolve("old.crt"), Files.readString(folder.resolve("box.crt")));
        Files.writeString(
                folder.resolve("old.key"),
                "-----BEGIN RSA PRIVATE KEY-----\n-----END RSA PRIVATE KEY-----\n");
        for (List<String> files : List.of(List.of("odd.crt", "box"), List.of("box.crt", "old"))) {
            assertThatThrownBy(() -> output(false, files.get(0), files.get(1)).close())
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> output(false, "box.crt", "old").close())
                .hasMessageContaining("openssl pkcs8");
    }
}
