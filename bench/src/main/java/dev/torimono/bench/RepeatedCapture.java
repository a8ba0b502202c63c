// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * A longer capture out of a short one: its beginning once, its events again and again, each time
 * later by the length of the whole. Every process is born, works and ends again in each round.
 */
final class RepeatedCapture {
    private static final int EVENT_V2 = 0x216;
    private static final int TIMESTAMP = 10;

    private RepeatedCapture() {}

    /** Writes the file; returns how many events it has. */
    static long write(Path capture, int rounds, Path to) throws IOException {
        byte[] bytes = plain(capture);
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int start = 0;
        while (in.getInt(start) != EVENT_V2) {
            start += in.getInt(start + 4);
        }
        byte[] body = Arrays.copyOfRange(bytes, start, bytes.length);
        ByteBuffer events = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        long count = 0;
        long last = 0;
        for (int at = 0; at < body.length; at += events.getInt(at + 4)) {
            last = events.getLong(at + TIMESTAMP);
            count++;
        }
        long spanNs = last - events.getLong(TIMESTAMP) + 1000;
        try (OutputStream out = Files.newOutputStream(to)) {
            out.write(bytes, 0, start);
            for (int round = 0; round < rounds; round++) {
                out.write(body);
                for (int at = 0; at < body.length; at += events.getInt(at + 4)) {
                    events.putLong(at + TIMESTAMP, events.getLong(at + TIMESTAMP) + spanNs);
                }
            }
        }
        return count * rounds;
    }

    private static byte[] plain(Path capture) throws IOException {
        byte[] bytes = Files.readAllBytes(capture);
        if (bytes[0] != 0x1f) {
            return bytes;
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(capture))) {
            return in.readAllBytes();
        }
    }
}
