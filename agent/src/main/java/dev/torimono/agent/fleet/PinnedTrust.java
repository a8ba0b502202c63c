// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import dev.torimono.agent.Log;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts the one certificate of a fingerprint, under whatever name it is reached: the extended
 * kind, so that names are not checked beside it. Its key is remembered in a file: a collector that
 * renews its certificate keeps the key, and by that is the same one.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final String fingerprint;
    private final Path memory;
    private final Log log;

    /**
     * @param memory file that remembers the key of the fingerprint
     */
    PinnedTrust(String fingerprint, Path memory, Log log) {
        this.fingerprint = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
        this.memory = memory;
        this.log = log;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            String actual = hash(chain[0].getEncoded());
            // Of another fingerprint in the configuration no key counts.
            String pinned = fingerprint + " " + hash(chain[0].getPublicKey().getEncoded());
            if (actual.equals(fingerprint)) {
                remember(pinned);
            } else if (!pinned.equals(remembered())) {
                throw new CertificateException(
                        "the certificate has the fingerprint "
                                + actual
                                + ", fleet.fingerprint says "
                                + fingerprint);
            } else {
                chain[0].checkValidity();
            }
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    private static String hash(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private String remembered() {
        try {
            return Files.readString(memory).strip();
        } catch (IOException e) {
            // There is none yet, or it cannot be read: then only the certificate counts.
            return "";
        }
    }

    /** Without it all goes well until the collector renews its certificate. */
    private void remember(String pinned) {
        if (pinned.equals(remembered())) {
            return;
        }
        Path fresh = memory.resolveSibling(memory.getFileName() + ".new");
        try {
            Files.writeString(fresh, pinned + "\n");
            Files.move(fresh, memory, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn(memory + ": the collector's key cannot be remembered: " + e.getMessage());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String auth)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth, Socket socket)
            throws CertificateException {
        throw new CertificateException("no client here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no client here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String auth)
            throws CertificateException {
        throw new CertificateException("no client here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
