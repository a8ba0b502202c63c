// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What launcher, keeper and agent say to each other; {@code sensor/src/main/launcher/talk.h} is the
 * other side.
 *
 * @param kind {@link #HELLO} and so on
 * @param a of a hello: the role
 * @param b of a hello: the priority
 * @param passed calls that the keeper let pass
 * @param arch {@code AUDIT_ARCH_} of the launcher
 * @param texts of a hello: name of the container, its id, the program
 */
record Talk(int kind, int a, int b, long passed, int arch, List<String> texts) {
    static final int HELLO = 1;
    static final int FILTER = 2;
    static final int LISTENER = 3;
    static final int BEAT = 4;
    static final int PASSED = 5;

    static final int ROLE_LAUNCH = 0;
    static final int ROLE_KEEP = 1;
    static final int ROLE_UNCOVERED = 2;

    static final int PRIORITY_SECURITY = 1;

    /** A filter of the kernel's largest size, and the head. */
    static final int MOST_BYTES = 4096 * 8 + 64;

    static final int HEAD_BYTES = 32;
    private static final int MAGIC = 0x69726f74;
    private static final short VERSION = 1;
    private static final int MOST_TEXTS = 3;
    private static final int MOST_TEXT = 255;

    Talk {
        texts = List.copyOf(texts);
    }

    /** Of a packet; null when it is none of ours. Whoever can connect may have sent it. */
    static @Nullable Talk parse(byte[] packet) {
        ByteBuffer in = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        if (packet.length < HEAD_BYTES || in.getInt(0) != MAGIC || in.getShort(4) != VERSION) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        int from = HEAD_BYTES;
        for (int at = from; at < packet.length && texts.size() < MOST_TEXTS; at++) {
            if (packet[at] == 0) {
                texts.add(text(packet, from, at));
                from = at + 1;
            }
        }
        return new Talk(
                Short.toUnsignedInt(in.getShort(6)),
                in.getInt(8),
                in.getInt(12),
                in.getLong(16),
                in.getInt(24),
                texts);
    }

    private static String text(byte[] packet, int from, int to) {
        String text = new String(packet, from, to - from, StandardCharsets.UTF_8);
        // It ends up in cgroup paths and alerts.
        String plain = text.replaceAll("[\\p{Cntrl}]", "?");
        return plain.length() > MOST_TEXT ? plain.substring(0, MOST_TEXT) : plain;
    }

    String text(int index) {
        return index < texts.size() ? texts.get(index) : "";
    }

    /** The answer to a launcher. */
    static byte[] filter(byte[] program, int deadlineMs) {
        ByteBuffer out = head(FILTER, program.length / 8, deadlineMs, program.length);
        return Caught.bytes(out.put(program));
    }

    /** The answer to a launcher that gets no filter. */
    static byte[] refusal(String why) {
        byte[] text = why.getBytes(StandardCharsets.UTF_8);
        return Caught.bytes(head(FILTER, 0, 0, text.length).put(text));
    }

    /**
     * A sign of life.
     *
     * @param answered whether the keeper is to say that it does not stand in for us
     */
    static byte[] beat(boolean answered) {
        return Caught.bytes(head(BEAT, answered ? 1 : 0, 0, 0));
    }

    private static ByteBuffer head(int kind, int a, int b, int more) {
        ByteBuffer out = ByteBuffer.allocate(HEAD_BYTES + more).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(MAGIC).putShort(VERSION).putShort((short) kind).putInt(a).putInt(b);
        return out.position(HEAD_BYTES);
    }
}
