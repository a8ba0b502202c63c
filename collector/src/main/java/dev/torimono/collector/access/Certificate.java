// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The certificate by which agents and people know the collector: given, or made by itself. */
public final class Certificate {
    private static final int YEARS = 10;

    /**
     * So long before its end it is replaced: agents that are away for a while find both the same.
     */
    private static final int RENEW_DAYS = 90;

    private static final char[] NO_PASSWORD = new char[0];

    private final List<X509Certificate> chain;
    private final PrivateKey key;

    private Certificate(List<X509Certificate> chain, PrivateKey key) {
        this.chain = chain;
        this.key = key;
    }

    /**
     * Reads the one in a folder; makes it when there is none.
     *
     * @param names what the collector is reached by, besides localhost
     */
    public static Certificate in(Path folder, List<String> names) throws IOException {
        Path chain = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        if (!Files.exists(chain) || !Files.exists(key)) {
            Files.createDirectories(folder);
            make(chain, key, names, Instant.now());
        }
        return read(chain, key);
    }

    /**
     * Replaces the one that was made in a folder when it ends before long. The key stays, and by
     * that whoever pinned it goes on.
     *
     * @return the new one; empty when there was no need
     */
    public static Optional<Certificate> renew(Path folder, List<String> names, Instant now)
            throws IOException {
        Path chain = folder.resolve("certificate.pem");
        Path keyFile = folder.resolve("key.pem");
        Certificate old = read(chain, keyFile);
        if (now.plus(RENEW_DAYS, ChronoUnit.DAYS).isBefore(old.ends())) {
            return Optional.empty();
        }
        try {
            KeyPair pair = new KeyPair(old.chain.getFirst().getPublicKey(), old.key);
            write(chain, "CERTIFICATE", signed(pair, names, now, YEARS * 365L));
            return Optional.of(read(chain, keyFile));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("certificate: cannot be renewed: " + e.getMessage(), e);
        }
    }

    /** From then on nobody accepts it. */
    public Instant ends() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** Whether it ends before long, and somebody should give us another one. */
    public boolean endsSoon(Instant now) {
        return !now.plus(RENEW_DAYS / 3, ChronoUnit.DAYS).isBefore(ends());
    }

    /** Reads PEM files. */
    public static Certificate read(Path chainFile, Path keyFile) throws IOException {
        try (var in = Files.newInputStream(chainFile)) {
            Collection<? extends java.security.cert.Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            List<X509Certificate> chain = all.stream().map(X509Certificate.class::cast).toList();
            if (chain.isEmpty()) {
                throw new IOException(chainFile + ": holds no PEM certificate");
            }
            String algorithm = chain.getFirst().getPublicKey().getAlgorithm();
            return new Certificate(chain, privateKey(keyFile, algorithm));
        } catch (GeneralSecurityException e) {
            throw new IOException(chainFile + ": " + e.getMessage(), e);
        }
    }

    /** How people compare it: SHA-256 of the certificate, in hexadecimal digits. */
    public String fingerprint() {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(chain.getFirst().getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("certificate: " + e.getMessage(), e);
        }
    }

    /** For a TLS server. */
    public KeyStore keyStore() throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("collector", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException("certificate: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file, String algorithm)
            throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
        String begin = "-----BEGIN PRIVATE KEY-----";
        int from = text.indexOf(begin);
        int to = text.indexOf("-----END PRIVATE KEY-----");
        if (from < 0 || to < from) {
            throw new IOException(
                    file
                            + ": holds no PKCS #8 private key; convert it with"
                            + " openssl pkcs8 -topk8 -nocrypt");
        }
        byte[] encoded = Base64.getMimeDecoder().decode(text.substring(from + begin.length(), to));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static void make(Path chainFile, Path keyFile, List<String> names, Instant now)
            throws IOException {
        make(chainFile, keyFile, names, now, YEARS * 365L);
    }

    /** Makes one that lasts some days. */
    static void make(Path chainFile, Path keyFile, List<String> names, Instant now, long days)
            throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            write(keyFile, "PRIVATE KEY", pair.getPrivate().getEncoded());
            write(chainFile, "CERTIFICATE", signed(pair, names, now, days));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("certificate: cannot be made: " + e.getMessage(), e);
        }
    }

    private static byte[] signed(KeyPair pair, List<String> names, Instant now, long days)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var subject = new X500NameBuilder().addRDN(BCStyle.CN, "Torimono collector").build();
        X509CertificateHolder holder =
                new JcaX509v3CertificateBuilder(
                                subject,
                                new BigInteger(120, new SecureRandom()),
                                Date.from(now.minus(1, ChronoUnit.DAYS)),
                                Date.from(now.plus(days, ChronoUnit.DAYS)),
                                subject,
                                pair.getPublic())
                        // Who trusts its file trusts the next one, which the same key signs.
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                        .addExtension(Extension.subjectAlternativeName, false, alternatives(names))
                        .build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(pair.getPrivate()));
        return holder.getEncoded();
    }

    private static GeneralNames alternatives(List<String> names) {
        List<GeneralName> all = new ArrayList<>();
        all.add(new GeneralName(GeneralName.dNSName, "localhost"));
        all.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
        all.add(new GeneralName(GeneralName.iPAddress, "::1"));
        for (String name : names) {
            int tag = isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName;
            all.add(new GeneralName(tag, name));
        }
        return new GeneralNames(all.toArray(new GeneralName[0]));
    }

    private static boolean isAddress(String name) {
        try {
            return InetAddress.ofLiteral(name) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void write(Path file, String what, byte[] der) throws IOException {
        String pem =
                "-----BEGIN "
                        + what
                        + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                        + "\n-----END "
                        + what
                        + "-----\n";
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, pem);
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
