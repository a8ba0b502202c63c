// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a record of the first layout (22 bytes of header, no parameter count) into the current
 * one. The count is not on file: it is the largest, at most the schema's, with which the lengths
 * add up.
 */
final class RecordLayout {
    private static final int OLD_HEADER_BYTES = 22;
    private static final int COUNT_BYTES = Event.HEADER_BYTES - OLD_HEADER_BYTES;

    /** These two were written with a length too large by this much. */
    private static final int SURPLUS_BYTES = 3;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final EventType NOTIFICATION = EventType.symbol("NOTIFICATION_E");
    private static final EventType INFRASTRUCTURE = EventType.symbol("INFRASTRUCTURE_EVENT_E");

    private byte[] bytes = new byte[4096];
    private MemorySegment segment = MemorySegment.ofArray(bytes);
    private int length;

    MemorySegment segment() {
        return segment;
    }

    int length() {
        return length;
    }

    /** Rewrites the record; null, or what is wrong with it. */
    @Nullable String rewrite(MemorySegment from, int at, int available) {
        if (available < OLD_HEADER_BYTES) {
            return "record shorter than its header";
        }
        EventType type = EventType.of(Short.toUnsignedInt(from.get(U16, at + Event.TYPE_OFFSET)));
        if (type == null) {
            return "unknown event type";
        }
        int recorded = from.get(U32, at + Event.LENGTH_OFFSET);
        if (recorded < OLD_HEADER_BYTES || recorded > available) {
            return "record length out of bounds";
        }
        int exact =
                type == NOTIFICATION || type == INFRASTRUCTURE
                        ? recorded - SURPLUS_BYTES
                        : recorded;
        int count = count(from, at, type, exact);
        if (count < 0) {
            return "parameter lengths do not add up to the record's length";
        }
        length = exact + COUNT_BYTES;
        room(length);
        MemorySegment.copy(from, at, segment, 0, OLD_HEADER_BYTES);
        MemorySegment.copy(
                from, at + OLD_HEADER_BYTES, segment, Event.HEADER_BYTES, exact - OLD_HEADER_BYTES);
        segment.set(U32, Event.LENGTH_OFFSET, length);
        segment.set(U32, Event.PARAM_COUNT_OFFSET, count);
        return null;
    }

    private static int count(MemorySegment from, int at, EventType type, int exact) {
        int width = type.largePayload() ? 4 : 2;
        for (int count = type.paramCount(); count >= 0; count--) {
            long sum = OLD_HEADER_BYTES + (long) width * count;
            if (sum > exact) {
                continue;
            }
            for (int i = 0; i < count; i++) {
                int where = at + OLD_HEADER_BYTES + i * width;
                sum +=
                        width == 2
                                ? Short.toUnsignedInt(from.get(U16, where))
                                : Integer.toUnsignedLong(from.get(U32, where));
            }
            if (sum == exact) {
                return count;
            }
        }
        return -1;
    }

    private void room(int wanted) {
        if (bytes.length < wanted) {
            bytes = Arrays.copyOf(bytes, Math.max(wanted, 2 * bytes.length));
            segment = MemorySegment.ofArray(bytes);
        }
    }
}
