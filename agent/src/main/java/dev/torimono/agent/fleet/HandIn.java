// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Hands a file in to the collector, a part at a time: neither side ever has all of it in memory.
 */
final class HandIn {
    /** Larger files stay on the machine; the answer says where. */
    static final long MAX_BYTES = 64L << 20;

    static final int PART_BYTES = 4 << 20;

    private HandIn() {}

    /** Takes a part. */
    @FunctionalInterface
    interface Taker {
        /** False when it is better told again, from the beginning. */
        boolean take(String query, byte[] part) throws IOException, InterruptedException;
    }

    /**
     * Hands all of it in; nothing at all of one that is too large.
     *
     * @param sha256 of the whole, in hexadecimal digits; the collector compares it
     */
    static boolean all(Path file, String sha256, Taker taker)
            throws IOException, InterruptedException {
        long total = Files.size(file);
        if (total > MAX_BYTES) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            long offset = 0;
            do {
                byte[] part = in.readNBytes(PART_BYTES);
                String query = "?offset=" + offset + "&total=" + total + "&sha256=" + sha256;
                if (!taker.take(query, part)) {
                    return false;
                }
                offset += part.length;
                if (part.length == 0 && offset < total) {
                    throw new IOException(file + ": became shorter while it was handed in");
                }
            } while (offset < total);
        }
        return true;
    }
}
