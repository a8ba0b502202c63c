// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names an event, and its place in time: 32 hexadecimal digits, of which the first half is its
 * time. The same event told twice has the same id, whoever computes it.
 *
 * @param timeNs ns since the epoch
 * @param tie tells events of one moment apart; never negative
 */
public record EventId(long timeNs, long tie) implements Comparable<EventId> {
    private static final int DIGITS = 32;
    private static final Comparator<EventId> ORDER =
            Comparator.comparingLong(EventId::timeNs).thenComparingLong(EventId::tie);

    public EventId {
        if (timeNs < 0 || tie < 0) {
            throw new IllegalArgumentException("event id: negative part");
        }
    }

    /** Of an event that someone tells apart from all others by a key. */
    public static EventId of(long timeNs, String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.getBytes(StandardCharsets.UTF_8));
            return new EventId(Math.max(timeNs, 0), ByteBuffer.wrap(hash).getLong() >>> 1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: every JVM has it", e);
        }
    }

    /** Null when it is none. */
    public static @Nullable EventId parse(String text) {
        if (text.length() != DIGITS) {
            return null;
        }
        try {
            long timeNs = Long.parseUnsignedLong(text, 0, DIGITS / 2, 16);
            long tie = Long.parseUnsignedLong(text, DIGITS / 2, DIGITS, 16);
            return timeNs < 0 || tie < 0 ? null : new EventId(timeNs, tie);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public int compareTo(EventId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(timeNs) + HexFormat.of().toHexDigits(tie);
    }
}
