// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.torimono.agent.Logs;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom an agent trusts that has pinned a certificate, before and after it is renewed. */
final class PinnedTrustTest {
    private static final String PASSWORD = "no secret";

    @TempDir private Path folder = Path.of("");

    private void keytool(String command, String alias, String... more) throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                System.getProperty("java.home") + "/bin/keytool",
                                command,
                                "-alias",
                                alias,
                                "-keystore",
                                folder.resolve("keys.p12").toString(),
                                "-storepass",
                                PASSWORD));
        words.addAll(List.of(more));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private X509Certificate made(String alias) throws Exception {
        keytool("-genkeypair", alias, "-keyalg", "EC", "-dname", "CN=" + alias, "-validity", "9");
        return certificate(alias);
    }

    /** Another certificate of the same key. */
    private X509Certificate renewed(String alias) throws Exception {
        keytool("-selfcert", alias, "-validity", "99");
        return certificate(alias);
    }

    private X509Certificate certificate(String alias) throws Exception {
        try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return (X509Certificate) store.getCertificate(alias);
        }
    }

    private static String fingerprint(X509Certificate certificate) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }

    private PinnedTrust pinned(X509Certificate certificate) throws Exception {
        return new PinnedTrust(
                fingerprint(certificate), folder.resolve("collector.key"), new Logs().log());
    }

    private static void check(PinnedTrust trust, X509Certificate certificate)
            throws CertificateException {
        trust.checkServerTrusted(new X509Certificate[] {certificate}, "EC", new Socket());
    }

    @Test
    void whoHasSeenTheKeyGoesOnWhenTheCertificateIsRenewed() throws Exception {
        X509Certificate old = made("collector");
        check(pinned(old), old);
        X509Certificate next = renewed("collector");
        assertThat(fingerprint(next)).isNotEqualTo(fingerprint(old));
        // Also after a restart: the key is on disk.
        assertThatCode(() -> check(pinned(old), next)).doesNotThrowAnyException();
        X509Certificate other = made("somebody");
        assertThatThrownBy(() -> check(pinned(old), other))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining("fleet.fingerprint says " + fingerprint(old));
    }

    @Test
    void whoHasNeverSeenItTrustsTheFingerprintAlone() throws Exception {
        X509Certificate old = made("collector");
        X509Certificate next = renewed("collector");
        assertThatThrownBy(() -> check(pinned(old), next))
                .isInstanceOf(CertificateException.class)
                .hasMessageContaining(fingerprint(next));
    }

    @Test
    void theKeyOfOnePinCountsForNoOther() throws Exception {
        X509Certificate old = made("collector");
        check(pinned(old), old);
        X509Certificate other = made("somebody");
        X509Certificate next = renewed("collector");
        assertThatThrownBy(() -> check(pinned(other), next))
                .isInstanceOf(CertificateException.class);
    }
}
