// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import java.net.Socket;
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
 * kind, so that names are not checked beside it.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
    private final String fingerprint;

    PinnedTrust(String fingerprint) {
        this.fingerprint = fingerprint.replace(":", "").toLowerCase(Locale.ROOT);
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
            String actual = HexFormat.of().formatHex(hash);
            if (!actual.equals(fingerprint)) {
                throw new CertificateException(
                        "the certificate has the fingerprint "
                                + actual
                                + ", fleet.fingerprint says "
                                + fingerprint);
            }
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
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
