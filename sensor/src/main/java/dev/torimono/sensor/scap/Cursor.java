// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Text;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Reads the fields of one block in order and never beyond its end. */
final class Cursor {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final ByteWindow window;
    private final MemorySegment segment;
    private final byte[] bytes;
    private final int end;
    private int at;

    /** Over the given number of bytes after the window's position plus {@code ahead}. */
    Cursor(ByteWindow window, int ahead, int length) {
        this.window = window;
        this.segment = window.segment();
        this.bytes = window.bytes();
        this.at = window.position() + ahead;
        this.end = at + length;
    }

    int remaining() {
        return end - at;
    }

    int position() {
        return at;
    }

    /** Moves to a position at or behind the current one, inside the block. */
    void moveTo(long position) {
        if (position < at || position > end) {
            throw fault("entry length out of bounds");
        }
        at = (int) position;
    }

    int u8() {
        return Byte.toUnsignedInt(bytes[take(1)]);
    }

    int u16() {
        return Short.toUnsignedInt(segment.get(U16, take(2)));
    }

    int i32() {
        return segment.get(U32, take(4));
    }

    long u32() {
        return Integer.toUnsignedLong(i32());
    }

    long u64() {
        return segment.get(U64, take(8));
    }

    byte[] bytes(int count) {
        int from = take(count);
        return Arrays.copyOfRange(bytes, from, from + count);
    }

    /** A text with its length before it. */
    Text text(int max) {
        int length = length(max);
        return Text.of(bytes, take(length), length);
    }

    /** NUL-separated texts with their length before them. */
    List<Text> texts(int max) {
        int length = length(max);
        return Text.splitNul(bytes, take(length), length);
    }

    ScapException fault(String why) {
        return window.faultAt(at, why);
    }

    private int length(int max) {
        int length = u16();
        if (length > max) {
            throw fault("text of " + length + " bytes where at most " + max + " are allowed");
        }
        return length;
    }

    private int take(int count) {
        if (count > end - at) {
            throw fault("block ends inside an entry");
        }
        int from = at;
        at += count;
        return from;
    }
}
