// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * One record read in place: a flyweight over the .scap v2 record layout, followed by our {@link
 * Extension}s. Valid only while the sensor's callback runs; owned by the thread that wrapped it.
 *
 * <pre>
 * 0     8     16    20    22        26            26 + n * w
 * | ts  | tid | len | type| nparams | n lengths   | values back to back |
 *   u64   u64   u32   u16   u32       w = 2 (or 4 for LARGE_PAYLOAD)
 * </pre>
 *
 * <p>{@link #wrap} checks every length against the given bounds, so that a hostile record can make
 * wrap fail but never make an accessor read outside.
 */
public final class Event {
    public static final int TIMESTAMP_OFFSET = 0;
    public static final int TID_OFFSET = 8;
    public static final int LENGTH_OFFSET = 16;
    public static final int TYPE_OFFSET = 20;
    public static final int PARAM_COUNT_OFFSET = 22;
    public static final int HEADER_BYTES = 26;

    /** More than the schema's largest type plus extensions; what exceeds it is malformed. */
    public static final int MAX_PARAMS = 64;

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private MemorySegment segment = MemorySegment.NULL;
    private long base;
    private int recordLength;
    private EventType type = EventType.all().getFirst();
    private int paramCount;
    private int cpu;
    private long number;
    private final int[] offsets = new int[MAX_PARAMS];
    private final int[] lengths = new int[MAX_PARAMS];

    /**
     * Points this flyweight at a record.
     *
     * @param memory where the record lies
     * @param offset its first byte
     * @param available bytes that may be read from there
     * @param onCpu the CPU that produced it
     * @return null when well formed, else what is wrong with it; the flyweight must then not be
     *     read
     */
    public @Nullable String wrap(MemorySegment memory, long offset, int available, int onCpu) {
        if (available < HEADER_BYTES) {
            return "record shorter than its header";
        }
        int length = memory.get(U32, offset + LENGTH_OFFSET);
        if (length < HEADER_BYTES || length > available) {
            return "record length out of bounds";
        }
        EventType known = EventType.of(Short.toUnsignedInt(memory.get(U16, offset + TYPE_OFFSET)));
        if (known == null) {
            return "unknown event type";
        }
        int count = memory.get(U32, offset + PARAM_COUNT_OFFSET);
        int width = known.largePayload() ? 4 : 2;
        if (count < 0 || count > MAX_PARAMS || HEADER_BYTES + count * width > length) {
            return "parameter count out of bounds";
        }
        int at = HEADER_BYTES + count * width;
        for (int i = 0; i < count; i++) {
            long where = offset + HEADER_BYTES + (long) i * width;
            int size =
                    width == 2
                            ? Short.toUnsignedInt(memory.get(U16, where))
                            : memory.get(U32, where);
            if (size < 0 || size > length - at) {
                return "parameter length out of bounds";
            }
            offsets[i] = at;
            lengths[i] = size;
            at += size;
        }
        segment = memory;
        base = offset;
        recordLength = length;
        type = known;
        paramCount = count;
        cpu = onCpu;
        return null;
    }

    /** Sets Falco's {@code evt.num}; the source counts. */
    public void number(long value) {
        number = value;
    }

    public long number() {
        return number;
    }

    public EventType type() {
        return type;
    }

    /** Nanoseconds since the epoch. */
    public long timestampNs() {
        return segment.get(U64, base + TIMESTAMP_OFFSET);
    }

    public long tid() {
        return segment.get(U64, base + TID_OFFSET);
    }

    public int cpu() {
        return cpu;
    }

    /** Parameters present in the record, extensions included. */
    public int paramCount() {
        return paramCount;
    }

    /** Whether the parameter is there and not empty; empty means NULL in this format. */
    public boolean has(int param) {
        return param >= 0 && param < paramCount && lengths[param] > 0;
    }

    /** Bytes of a parameter; 0 when it is absent. */
    public int length(int param) {
        return param >= 0 && param < paramCount ? lengths[param] : 0;
    }

    /** One byte of a parameter, unsigned. */
    public int byteAt(int param, int index) {
        check(param, index, 1);
        return Byte.toUnsignedInt(segment.get(U8, base + offsets[param] + index));
    }

    /** Two bytes inside a parameter, unsigned. */
    public int u16At(int param, int index) {
        check(param, index, 2);
        return Short.toUnsignedInt(segment.get(U16, base + offsets[param] + index));
    }

    /** Four bytes inside a parameter. */
    public int u32At(int param, int index) {
        check(param, index, 4);
        return segment.get(U32, base + offsets[param] + index);
    }

    /** Eight bytes inside a parameter. */
    public long u64At(int param, int index) {
        check(param, index, 8);
        return segment.get(U64, base + offsets[param] + index);
    }

    /**
     * A numeric parameter by the width recorded, extended by the sign that its type has. An absent
     * one reads 0: ask {@link #has} first where that differs.
     */
    public long number(int param) {
        boolean signed = param < type.paramCount() && type.param(param).type().signed();
        return switch (length(param)) {
            case 0 -> 0;
            case 1 -> signed ? (byte) byteAt(param, 0) : byteAt(param, 0);
            case 2 -> signed ? (short) u16At(param, 0) : u16At(param, 0);
            case 4 -> signed ? u32At(param, 0) : Integer.toUnsignedLong(u32At(param, 0));
            case 8 -> u64At(param, 0);
            default ->
                    throw new IndexOutOfBoundsException(
                            type + ": parameter " + param + " is no number of at most 8 bytes");
        };
    }

    /** Copies up to {@code max} bytes of a parameter from {@code from}; returns how many. */
    public int copy(int param, int from, byte[] target, int targetOffset, int max) {
        int n = Math.min(Math.max(length(param) - from, 0), max);
        if (n > 0) {
            MemorySegment.copy(segment, U8, base + offsets[param] + from, target, targetOffset, n);
        }
        return n;
    }

    /** Bytes before the terminating NUL (or all, when there is none). */
    public int textLength(int param, int from) {
        int end = length(param);
        long start = base + (end == 0 ? 0 : offsets[param]);
        for (int i = from; i < end; i++) {
            if (segment.get(U8, start + i) == 0) {
                return i - from;
            }
        }
        return Math.max(end - from, 0);
    }

    /** The parameter as text without its NUL, copied out; empty when absent. */
    public Text text(int param) {
        return text(param, 0);
    }

    /** The text that starts at a byte of the parameter, copied out. */
    public Text text(int param, int from) {
        byte[] bytes = new byte[textLength(param, from)];
        copy(param, from, bytes, 0, bytes.length);
        return Text.wrap(bytes);
    }

    /** All bytes of the parameter, copied out; empty when absent. */
    public byte[] bytes(int param) {
        byte[] bytes = new byte[length(param)];
        copy(param, 0, bytes, 0, bytes.length);
        return bytes;
    }

    /** Parameter index of an extension in this record. */
    public int extension(Extension extension) {
        return type.paramCount() + extension.ordinal();
    }

    /** Copies the whole record, for those who keep it beyond the callback. */
    public byte[] record() {
        byte[] bytes = new byte[recordLength];
        MemorySegment.copy(segment, U8, base, bytes, 0, recordLength);
        return bytes;
    }

    /** One that outlives the callback, over memory of its own. */
    public Event snapshot() {
        Event copy = new Event();
        copy.wrap(MemorySegment.ofArray(record()), 0, recordLength, cpu);
        copy.number = number;
        return copy;
    }

    private void check(int param, int index, int width) {
        if (index < 0 || index + width > length(param)) {
            throw new IndexOutOfBoundsException(
                    type + ": byte " + index + " of parameter " + param + " of " + length(param));
        }
    }
}
