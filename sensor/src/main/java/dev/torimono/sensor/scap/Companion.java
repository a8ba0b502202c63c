// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * What our own captures keep of the extensions of an event: a record before it, of a type that no
 * schema has. Every reader skips events of types that it does not know, so that others see the
 * schema's events alone, and a replay of ours knows the objects that the kernel resolved.
 */
final class Companion {
    /** Far above any type of the schema, whose codes grow one by one. */
    static final int TYPE = 0x7F00;

    private static final int EXTENSIONS = Extension.values().length;
    private static final int LENGTHS = Event.HEADER_BYTES;
    private static final int VALUES = LENGTHS + 2 * EXTENSIONS;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED;

    private final int[] lengths = new int[EXTENSIONS];
    private final Rebuild joined = new Rebuild();
    private byte[] values = new byte[1024];
    private boolean pending;
    private long timestampNs;
    private long tid;

    /** Whether an event has anything that a companion would keep. */
    static boolean isNeeded(Event event) {
        for (Extension extension : Extension.values()) {
            if (kept(event, extension) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The context repeats what the state tells. */
    private static int kept(Event event, Extension extension) {
        return extension == Extension.CONTEXT ? 0 : event.length(event.extension(extension));
    }

    /** Begins a block and fills it; the caller ends it. */
    static void fill(Block block, Event event) {
        int length = VALUES;
        for (Extension extension : Extension.values()) {
            length += kept(event, extension);
        }
        block.begin(BlockType.EVENT_V2).u16(event.cpu());
        block.u64(event.timestampNs()).u64(event.tid()).u32(length).u16(TYPE).u32(EXTENSIONS);
        for (Extension extension : Extension.values()) {
            block.u16(kept(event, extension));
        }
        for (Extension extension : Extension.values()) {
            int size = kept(event, extension);
            int at = block.reserve(size);
            event.copy(event.extension(extension), 0, block.bytes(), at, size);
        }
    }

    /** Keeps a companion for the event after it; one that is damaged is none. */
    void keep(MemorySegment from, int at, int available) {
        pending = false;
        if (available < VALUES || from.get(U32, at + Event.PARAM_COUNT_OFFSET) != EXTENSIONS) {
            return;
        }
        int total = 0;
        for (int i = 0; i < EXTENSIONS; i++) {
            lengths[i] = Short.toUnsignedInt(from.get(U16, at + LENGTHS + 2 * i));
            total += lengths[i];
        }
        if (total > available - VALUES) {
            return;
        }
        if (values.length < total) {
            values = new byte[Math.max(total, 2 * values.length)];
        }
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at + VALUES, values, 0, total);
        timestampNs = from.get(U64, at + Event.TIMESTAMP_OFFSET);
        tid = from.get(U64, at + Event.TID_OFFSET);
        pending = true;
    }

    /** The event with its extensions behind it, or itself when no companion came before it. */
    Event join(Event event) {
        if (!pending) {
            return event;
        }
        pending = false;
        boolean own = event.timestampNs() == timestampNs && event.tid() == tid;
        if (!own || event.paramCount() > event.type().paramCount()) {
            return event;
        }
        joined.begin();
        for (int i = 0; i < event.type().paramCount(); i++) {
            joined.copy(event, i);
        }
        int at = 0;
        for (int length : lengths) {
            joined.bytes(Arrays.copyOfRange(values, at, at + length));
            at += length;
        }
        return joined.finish(event, event.type());
    }
}
