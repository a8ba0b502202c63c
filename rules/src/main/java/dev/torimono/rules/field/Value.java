// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a field holds for the present event: a text, a number, an address, or several of them.
 * Reused for every event, so that reading allocates nothing once its arrays have grown; one owner
 * thread. Texts are borrowed where they lie and stay valid while the observation does.
 */
public final class Value {
    private byte[] own = new byte[256];
    private int ownLength;

    private byte[] bytes = own;
    private int from;
    private int length;
    private long number;
    private @Nullable Text immutable;

    private final byte[] scratch = new byte[16];

    private int count;
    private byte[][] itemBytes = new byte[8][];
    private int[] itemFrom = new int[8];
    private int[] itemLength = new int[8];
    private long[] itemNumbers = new long[8];

    /** Bytes of the text; {@link #length} of them from {@link #from} count. Read only. */
    public byte[] bytes() {
        return bytes;
    }

    public int from() {
        return from;
    }

    public int length() {
        return length;
    }

    /** A number; a bool is 0 or 1; the address family's width for addresses is {@link #length}. */
    public long number() {
        return number;
    }

    /** Becomes a text that is borrowed. */
    public boolean text(Text value) {
        text(value.array(), 0, value.length());
        immutable = value;
        return true;
    }

    /** The text that was borrowed whole, which never changes; null for any other. */
    public @Nullable Text immutable() {
        return immutable;
    }

    /** Becomes a text that is borrowed, up to its first NUL when it has one. */
    public boolean text(byte[] array, int offset, int size) {
        bytes = array;
        from = offset;
        length = size;
        immutable = null;
        return true;
    }

    public boolean number(long value) {
        number = value;
        return true;
    }

    public boolean bool(boolean value) {
        number = value ? 1 : 0;
        return true;
    }

    /** Starts a text of this value's own. */
    public Value begin() {
        ownLength = 0;
        return this;
    }

    /**
     * As {@link #begin}, when the present text lies in this value's own bytes and is still read.
     */
    @SuppressWarnings("ReferenceEquality") // whether it is the same array is the question
    Value beginApart() {
        if (bytes == own) {
            own = new byte[own.length];
        }
        return begin();
    }

    /** Finishes what {@link #begin} started. */
    public boolean end() {
        return text(own, 0, ownLength);
    }

    /** Bytes appended since {@link #begin}. */
    public int written() {
        return ownLength;
    }

    /** Drops what was appended beyond that many bytes. */
    public Value cut(int size) {
        ownLength = size;
        return this;
    }

    /** Room for one address while it is formatted. */
    byte[] scratch() {
        return scratch;
    }

    /** What was appended so far; valid until more is. */
    byte[] own() {
        return own;
    }

    public Value append(byte value) {
        room(1);
        own[ownLength++] = value;
        return this;
    }

    public Value append(char ascii) {
        return append((byte) ascii);
    }

    public Value append(byte[] array, int offset, int size) {
        room(size);
        System.arraycopy(array, offset, own, ownLength, size);
        ownLength += size;
        return this;
    }

    public Value append(Text text) {
        return append(text.array(), 0, text.length());
    }

    /** Appends a constant; ASCII is not converted through an array. */
    public Value append(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                return append(utf8, 0, utf8.length);
            }
        }
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            own[ownLength++] = (byte) text.charAt(i);
        }
        return this;
    }

    /** Appends a parameter's bytes. */
    public Value append(Event event, int param, int offset, int size) {
        room(size);
        ownLength += event.copy(param, offset, own, ownLength, size);
        return this;
    }

    public Value appendDecimal(long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return append("-9223372036854775808");
            }
            append('-');
            return appendUnsigned(-value);
        }
        return appendUnsigned(value);
    }

    public Value appendUnsigned(long value) {
        room(20);
        int end = ownLength + digits(value);
        int at = end;
        long rest = value;
        do {
            long quotient = Long.divideUnsigned(rest, 10);
            own[--at] = (byte) ('0' + (rest - quotient * 10));
            rest = quotient;
        } while (rest != 0);
        ownLength = end;
        return this;
    }

    /** Appends digits of a base that is a power of two, without prefix. */
    public Value appendRadix(long value, int bits, boolean upper) {
        int digit = 0;
        while (digit * bits < 64
                && digit * bits + bits < 64
                && value >>> ((digit + 1) * bits) != 0) {
            digit++;
        }
        for (; digit >= 0; digit--) {
            int d = (int) (value >>> (digit * bits)) & ((1 << bits) - 1);
            append((char) (d < 10 ? '0' + d : (upper ? 'A' : 'a') + d - 10));
        }
        return this;
    }

    /** Appends exactly so many decimal digits, zero-padded. */
    public Value appendPadded(long value, int width) {
        long limit = 1;
        for (int i = 1; i < width; i++) {
            limit *= 10;
        }
        for (long unit = limit; unit > 0; unit /= 10) {
            append((char) ('0' + value / unit % 10));
        }
        return this;
    }

    private static int digits(long value) {
        int n = 1;
        for (long rest = Long.divideUnsigned(value, 10); rest != 0; rest /= 10) {
            n++;
        }
        return n;
    }

    @SuppressWarnings("ReferenceEquality") // whether it is the same array is the question
    private void room(int more) {
        if (own.length - ownLength < more) {
            byte[] old = own;
            own = Arrays.copyOf(own, Math.max(own.length * 2, ownLength + more));
            if (bytes == old) {
                bytes = own;
            }
        }
    }

    /** Becomes an empty list. */
    public Value clear() {
        count = 0;
        return this;
    }

    /** How many elements. */
    public int count() {
        return count;
    }

    public Value add(Text text) {
        return add(text.array(), 0, text.length());
    }

    public Value add(byte[] array, int offset, int size) {
        grow();
        itemBytes[count] = array;
        itemFrom[count] = offset;
        itemLength[count] = size;
        count++;
        return this;
    }

    public Value add(long value) {
        grow();
        itemNumbers[count] = value;
        count++;
        return this;
    }

    /** Makes an element of the list the single value that the accessors show. */
    public Value select(int index) {
        bytes = itemBytes[index];
        immutable = null;
        from = itemFrom[index];
        length = itemLength[index];
        number = itemNumbers[index];
        return this;
    }

    private void grow() {
        if (count == itemBytes.length) {
            itemBytes = Arrays.copyOf(itemBytes, count * 2);
            itemFrom = Arrays.copyOf(itemFrom, count * 2);
            itemLength = Arrays.copyOf(itemLength, count * 2);
            itemNumbers = Arrays.copyOf(itemNumbers, count * 2);
        }
        if (itemBytes[count] == null) {
            itemBytes[count] = own;
        }
    }

    /** The text copied out. */
    public Text toText() {
        return Text.of(bytes, from, length);
    }

    /** The text decoded as UTF-8. */
    @Override
    public String toString() {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
}
