// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes one record in the layout that {@link Event} reads: for synthetic events (snapshots of what
 * already runs, provisional execs), for calls that wait, and for tests. It allocates for each
 * parameter.
 */
public final class EventBuilder {
    private static final byte[] ABSENT = new byte[0];

    private final EventType type;
    private final long timestampNs;
    private final long tid;
    private final List<byte[]> params;

    /** Where the next parameter is looked for first: most are set in the order of the schema. */
    private int next;

    public EventBuilder(EventType type, long timestampNs, long tid) {
        this.type = type;
        this.timestampNs = timestampNs;
        this.tid = tid;
        this.params = new ArrayList<>(type.paramCount() + Extension.values().length);
    }

    /** Sets a number, in the width of the parameter's type. */
    public EventBuilder number(String param, long value) {
        int index = index(param);
        byte[] bytes = new byte[type.param(index).type().width()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (value >>> (8 * i));
        }
        return bytes(index, bytes);
    }

    /** Sets a NUL-terminated text. */
    public EventBuilder text(String param, String value) {
        return bytes(index(param), (value + '\0').getBytes(StandardCharsets.UTF_8));
    }

    /** Sets NUL-separated texts, as args and env have them. */
    public EventBuilder texts(String param, List<String> values) {
        StringBuilder joined = new StringBuilder();
        values.forEach(value -> joined.append(value).append('\0'));
        return bytes(index(param), joined.toString().getBytes(StandardCharsets.UTF_8));
    }

    public EventBuilder bytes(String param, byte[] value) {
        return bytes(index(param), value);
    }

    public EventBuilder extension(Extension extension, byte[] value) {
        return bytes(type.paramCount() + extension.ordinal(), value);
    }

    /** Sets raw bytes by position; gaps before it become absent parameters. */
    public EventBuilder bytes(int index, byte[] value) {
        while (params.size() <= index) {
            params.add(ABSENT);
        }
        params.set(index, value);
        return this;
    }

    public byte[] record() {
        while (params.size() < type.paramCount()) {
            params.add(ABSENT);
        }
        int width = type.largePayload() ? 4 : 2;
        int length = Event.HEADER_BYTES + width * params.size();
        for (byte[] param : params) {
            length += param.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(timestampNs).putLong(tid).putInt(length);
        out.putShort((short) type.code()).putInt(params.size());
        for (byte[] param : params) {
            if (width == 2) {
                out.putShort((short) param.length);
            } else {
                out.putInt(param.length);
            }
        }
        params.forEach(out::put);
        return out.array();
    }

    /** The record wrapped in a fresh flyweight. */
    public Event event() {
        byte[] record = record();
        Event event = new Event();
        String fault = event.wrap(MemorySegment.ofArray(record), 0, record.length, 0);
        if (fault != null) {
            throw new IllegalStateException(type + ": " + fault);
        }
        return event;
    }

    private int index(String param) {
        int index = type.paramIndex(param, next);
        if (index < 0) {
            throw new IllegalArgumentException(type + " has no parameter " + param);
        }
        next = index + 1;
        return index;
    }
}
