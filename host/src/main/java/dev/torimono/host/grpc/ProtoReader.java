// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.grpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads one protobuf message, field by field. Every length is checked against the message that it
 * stands in, so that a hostile one can fail but never read outside. Fields that nobody asks for are
 * passed over, as the format means it.
 *
 * <pre>
 * while (reader.next()) {
 *     switch (reader.field()) {
 *         case 1 -> id = reader.text();
 *         ...
 * </pre>
 */
public final class ProtoReader {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int from;
    private int length;
    private long number;

    public ProtoReader(byte[] message) {
        this(message, 0, message.length);
    }

    private ProtoReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Goes to the next field; false at the message's end. */
    public boolean next() throws IOException {
        if (at >= end) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        from = at;
        length = 0;
        number = 0;
        switch ((int) key & 7) {
            case VARINT -> number = varint();
            case FIXED64 -> skip(8);
            case FIXED32 -> skip(4);
            case BYTES -> {
                long size = varint();
                from = at;
                skip(size);
            }
            default -> throw new IOException("protobuf: wire type " + (key & 7));
        }
        return true;
    }

    /** Number of the present field. */
    public int field() {
        return field;
    }

    /** The present field as a number; 0 when it is none. */
    public long number() {
        return number;
    }

    /** The present field as text; empty when it is none. */
    public String text() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** The present field as a message; an empty one when it is none. */
    public ProtoReader message() {
        return new ProtoReader(bytes, from, from + length);
    }

    /** Puts the present field, one entry of a map of texts, into a map. */
    public void entry(Map<String, String> into) throws IOException {
        ProtoReader entry = message();
        String key = "";
        String value = "";
        while (entry.next()) {
            if (entry.field() == 1) {
                key = entry.text();
            } else if (entry.field() == 2) {
                value = entry.text();
            }
        }
        into.put(key, value);
    }

    private void skip(long size) throws IOException {
        if (size < 0 || size > end - at) {
            throw new IOException("protobuf: a field ends outside its message");
        }
        length = (int) size;
        at += length;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw new IOException("protobuf: the message ends inside a number");
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IOException("protobuf: a number of more than 64 bits");
    }
}
