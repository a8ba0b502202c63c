// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** One block under construction: grows as needed, is padded and closed with its length. */
final class Block {
    private static final int TRAILER_BYTES = 4;
    private static final byte[] ZEROS = new byte[256];

    private byte[] bytes = new byte[1 << 12];
    private ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    Block begin(BlockType type) {
        buffer.clear();
        return u32(type.code()).u32(0);
    }

    /** Pads to whole words and writes the length at both ends; returns it. */
    int end() {
        while ((buffer.position() & 3) != 0) {
            u8(0);
        }
        int total = buffer.position() + TRAILER_BYTES;
        u32(total);
        buffer.putInt(4, total);
        return total;
    }

    /** The finished block: its first bytes, as many as {@link #end} returned. */
    byte[] bytes() {
        return bytes;
    }

    int position() {
        return buffer.position();
    }

    Block u8(int value) {
        room(1);
        buffer.put((byte) value);
        return this;
    }

    Block u16(int value) {
        room(2);
        buffer.putShort((short) value);
        return this;
    }

    Block u32(long value) {
        room(4);
        buffer.putInt((int) value);
        return this;
    }

    Block u64(long value) {
        room(8);
        buffer.putLong(value);
        return this;
    }

    Block raw(byte[] value, int offset, int length) {
        room(length);
        buffer.put(value, offset, length);
        return this;
    }

    /** Exactly that many bytes: cut, or filled with zeros. */
    Block fixed(Text value, int length) {
        int used = Math.min(value.length(), length);
        raw(value.array(), 0, used);
        return raw(ZEROS, 0, length - used);
    }

    /** A text with its length before it, cut where readers would refuse it. */
    Block text(Text value, int max) {
        return text(value.array(), value.length(), max);
    }

    Block text(byte[] value, int length, int max) {
        int used = Math.min(length, max);
        return u16(used).raw(value, 0, used);
    }

    /** NUL-terminated texts with the length of all before them; whole ones only, up to a bound. */
    Block texts(List<Text> values, int max) {
        int total = 0;
        int count = 0;
        for (Text value : values) {
            if (total + value.length() + 1 > max) {
                break;
            }
            total += value.length() + 1;
            count++;
        }
        u16(total);
        for (Text value : values.subList(0, count)) {
            raw(value.array(), 0, value.length()).u8(0);
        }
        return this;
    }

    /** Leaves room for an entry's length; returns where. */
    int openEntry() {
        int at = buffer.position();
        u32(0);
        return at;
    }

    /** Writes the entry's length, {@code bias} bytes short of counting itself. */
    void closeEntry(int at, int bias) {
        buffer.putInt(at, buffer.position() - at - bias);
    }

    /** Room for a record, to be filled by the caller from the returned position on. */
    int reserve(int length) {
        room(length);
        int at = buffer.position();
        buffer.position(at + length);
        return at;
    }

    private void room(int wanted) {
        if (buffer.remaining() < wanted) {
            int used = buffer.position();
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + wanted));
            buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(used);
        }
    }
}
