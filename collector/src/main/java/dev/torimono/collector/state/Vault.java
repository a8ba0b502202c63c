// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what must not lie readable in the database: addresses and tokens of those who are told.
 * AES-256-GCM with a random nonce a text; the key lies in a file of its own, so that a copy of the
 * database alone gives nothing away.
 *
 * <pre>
 * sealed:1:BASE64(nonce of 12 bytes, ciphertext, tag of 16 bytes)
 * </pre>
 */
public final class Vault {
    private static final String PREFIX = "sealed:1:";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final SecretKey key;

    private Vault(Path file, SecretKey key) {
        this.file = file;
        this.key = key;
    }

    /** Reads the key; makes one when there is none. */
    public static Vault in(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] fresh = new byte[KEY_BYTES];
            RANDOM.nextBytes(fresh);
            Path next = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(next);
            Files.createFile(
                    next,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, Base64.getEncoder().encodeToString(fresh) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(Files.readString(file).strip());
            if (bytes.length == KEY_BYTES) {
                return new Vault(file, new SecretKeySpec(bytes, "AES"));
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new IOException(file + ": is no key of 32 bytes in Base64; restore it from a backup");
    }

    static boolean isSealed(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Nobody reads it without the key, or puts it in another place.
     *
     * @param place where it belongs
     */
    String seal(String place, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, place)
                            .doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return PREFIX + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM: every JVM has it", e);
        }
    }

    /**
     * @throws StateException when it was sealed with another key, for another place, or changed
     */
    String open(String place, String sealed) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed.substring(PREFIX.length()));
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            byte[] text =
                    cipher(Cipher.DECRYPT_MODE, nonce, place)
                            .doFinal(Arrays.copyOfRange(all, NONCE_BYTES, all.length));
            return new String(text, StandardCharsets.UTF_8);
        } catch (AEADBadTagException | IllegalArgumentException e) {
            throw new StateException(
                    file
                            + ": does not open what is sealed in the database; restore the key that"
                            + " belongs to it",
                    e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/GCM: every JVM has it", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
