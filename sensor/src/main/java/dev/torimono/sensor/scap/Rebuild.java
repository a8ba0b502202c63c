// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** A record under construction: header, lengths and values in buffers that are used again. */
final class Rebuild {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Event event = new Event();
    private byte[] record = new byte[4096];
    private MemorySegment segment = MemorySegment.ofArray(record);
    private byte[] values = new byte[4096];
    private int valueBytes;
    private final int[] lengths = new int[Event.MAX_PARAMS];
    private int count;
    private int size;

    void begin() {
        count = 0;
        valueBytes = 0;
    }

    int count() {
        return count;
    }

    void copy(Event from, int param) {
        int length = from.length(param);
        room(length);
        from.copy(param, 0, values, valueBytes, length);
        add(length);
    }

    void zero(int width) {
        room(width);
        Arrays.fill(values, valueBytes, valueBytes + width, (byte) 0);
        add(width);
    }

    void bytes(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, values, valueBytes, value.length);
        add(value.length);
    }

    /** The finished record; valid until the next {@link #begin}. */
    Event finish(Event header, EventType type) {
        int width = type.largePayload() ? 4 : 2;
        int length = Event.HEADER_BYTES + width * count + valueBytes;
        if (record.length < length) {
            record = new byte[Math.max(length, 2 * record.length)];
            segment = MemorySegment.ofArray(record);
        }
        segment.set(U64, Event.TIMESTAMP_OFFSET, header.timestampNs());
        segment.set(U64, Event.TID_OFFSET, header.tid());
        segment.set(U32, Event.LENGTH_OFFSET, length);
        segment.set(U16, Event.TYPE_OFFSET, (short) type.code());
        segment.set(U32, Event.PARAM_COUNT_OFFSET, count);
        for (int i = 0; i < count; i++) {
            if (width == 2) {
                segment.set(U16, Event.HEADER_BYTES + 2L * i, (short) lengths[i]);
            } else {
                segment.set(U32, Event.HEADER_BYTES + 4L * i, lengths[i]);
            }
        }
        System.arraycopy(values, 0, record, Event.HEADER_BYTES + width * count, valueBytes);
        size = length;
        String fault = event.wrap(segment, 0, length, header.cpu());
        if (fault != null) {
            throw new IllegalStateException(type + " rebuilt: " + fault);
        }
        return event;
    }

    /** The finished record's bytes, for those who keep it. */
    byte[] toBytes() {
        return Arrays.copyOf(record, size);
    }

    private void add(int length) {
        lengths[count++] = length;
        valueBytes += length;
    }

    private void room(int wanted) {
        if (values.length - valueBytes < wanted) {
            values = Arrays.copyOf(values, Math.max(valueBytes + wanted, 2 * values.length));
        }
    }
}
