// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Param;
import dev.torimono.model.ParamType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Makes event blocks of records: the schema's parameters only, data cut to the snap length. */
final class EventBlock {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Block block;
    private final int snapLength;

    EventBlock(Block block, int snapLength) {
        this.block = block;
        this.snapLength = snapLength <= 0 ? Integer.MAX_VALUE : snapLength;
    }

    /** Begins a block and fills it with the event; the caller ends it. */
    void fill(Event event) {
        EventType type = event.type();
        int params = Math.min(type.paramCount(), event.paramCount());
        int width = type.largePayload() ? 4 : 2;
        int length = Event.HEADER_BYTES + width * params;
        for (int i = 0; i < params; i++) {
            length += kept(event, i);
        }
        block.begin(type.largePayload() ? BlockType.EVENT_V2_LARGE : BlockType.EVENT_V2);
        block.u16(event.cpu());
        int at = block.reserve(length);
        MemorySegment to = MemorySegment.ofArray(block.bytes());
        to.set(U64, at + Event.TIMESTAMP_OFFSET, event.timestampNs());
        to.set(U64, at + Event.TID_OFFSET, event.tid());
        to.set(U32, at + Event.LENGTH_OFFSET, length);
        to.set(U16, at + Event.TYPE_OFFSET, (short) type.code());
        to.set(U32, at + Event.PARAM_COUNT_OFFSET, params);
        int value = at + Event.HEADER_BYTES + width * params;
        for (int i = 0; i < params; i++) {
            int size = kept(event, i);
            int where = at + Event.HEADER_BYTES + width * i;
            if (width == 2) {
                to.set(U16, where, (short) size);
            } else {
                to.set(U32, where, size);
            }
            event.copy(i, 0, block.bytes(), value, size);
            value += size;
        }
    }

    /** Bytes of a parameter that are kept: all but of data beyond the snap length. */
    private int kept(Event event, int param) {
        int length = event.length(param);
        boolean data = length > snapLength && isData(event.type(), param);
        return data ? snapLength : length;
    }

    private static boolean isData(EventType type, int param) {
        Param told = type.param(param);
        return told.type() == ParamType.BYTEBUF && told.name().equals("data");
    }
}
