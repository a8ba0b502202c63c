// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id hashes of passwords, in the usual text form. */
public final class Passwords {
    /** OWASP's choice for Argon2id: 19 MiB, two passes. */
    private static final int MEMORY_KB = 19_456;

    private static final int PASSES = 2;
    private static final int LANES = 1;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final String HEAD =
            "$argon2id$v=19$m=" + MEMORY_KB + ",t=" + PASSES + ",p=" + LANES + "$";

    private Passwords() {}

    public static String hash(String password) {
        byte[] salt = Secrets.salt(SALT_BYTES);
        Base64.Encoder text = Base64.getEncoder().withoutPadding();
        return HEAD
                + text.encodeToString(salt)
                + "$"
                + text.encodeToString(compute(password, salt));
    }

    public static boolean fits(String password, String hash) {
        int salted = HEAD.length();
        int middle = hash.indexOf('$', salted);
        if (!hash.startsWith(HEAD) || middle < 0) {
            return false;
        }
        byte[] salt = Base64.getDecoder().decode(hash.substring(salted, middle));
        byte[] expected = Base64.getDecoder().decode(hash.substring(middle + 1));
        return MessageDigest.isEqual(expected, compute(password, salt));
    }

    private static byte[] compute(String password, byte[] salt) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(MEMORY_KB)
                        .withIterations(PASSES)
                        .withParallelism(LANES)
                        .withSalt(salt)
                        .build());
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
