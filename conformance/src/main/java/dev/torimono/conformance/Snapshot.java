// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.Event;
import dev.torimono.model.EventBuilder;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdTable;
import dev.torimono.model.Observation;
import dev.torimono.model.ParamType;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One event of a case file as an observation. The raw bytes of parameters are binding; state that
 * the snapshot gives only as values of fields (ages, limits, names of users) is taken from those.
 */
final class Snapshot {
    private static final String NOT_UTF8 = "\uFFFD";

    private final JsonNode event;
    private final JsonNode fields;
    private final Map<Long, Fd> fds = new LinkedHashMap<>();

    Snapshot(JsonNode snapshot) {
        event = snapshot.get("event");
        fields = snapshot.get("fields");
    }

    Observation observation() {
        Event built = event();
        SnapshotTasks tasks = new SnapshotTasks(this);
        SnapshotFds builder = new SnapshotFds(this);
        JsonNode table = event.get("fds");
        if (table != null) {
            table.properties()
                    .forEach(
                            entry -> {
                                long number = Long.parseLong(entry.getKey());
                                fds.put(number, builder.ofTable(number, entry.getValue()));
                            });
        }
        Observation observation = new Observation(new SnapshotAccounts(this), table());
        long since = number("evt.reltime", 0);
        if (since > 0 && since < built.timestampNs()) {
            EventType any = EventType.symbol("PROCEXIT_1_E");
            EventBuilder first = new EventBuilder(any, built.timestampNs() - since, 0);
            observation.set(first.event(), null, null);
        }
        return observation
                .set(built, tasks.task(), builder.ofEvent(fds))
                .tasks(tasks.table())
                .addresses(builder.addresses())
                .source(text("evt.source", "syscall"));
    }

    private FdTable table() {
        return new FdTable() {
            @Override
            public @Nullable Fd fd(Task task, long number) {
                return fds.get(number);
            }

            @Override
            public int openCount(Task task) {
                return (int) number("proc.fdopencount", fds.size());
            }

            @Override
            public void forEach(Task task, Consumer<Fd> each) {
                fds.values().forEach(each);
            }
        };
    }

    /** The record as it was: with as many parameters as the capture had. */
    private Event event() {
        EventType type = EventType.of(event.get("type_code").intValue());
        if (type == null) {
            throw new IllegalArgumentException("unknown type code " + event.get("type_code"));
        }
        JsonNode params = event.get("params");
        byte[][] values = new byte[params.size()][];
        int width = type.largePayload() ? 4 : 2;
        int length = Event.HEADER_BYTES + width * values.length;
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes(type, i, params.get(i));
            length += values[i].length;
        }
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(event.get("ts").longValue()).putLong(event.get("tid").longValue());
        record.putInt(length).putShort((short) type.code()).putInt(values.length);
        for (byte[] value : values) {
            if (width == 4) {
                record.putInt(value.length);
            } else {
                record.putShort((short) value.length);
            }
        }
        for (byte[] value : values) {
            record.put(value);
        }
        Event built = new Event();
        int cpu = event.get("cpu").intValue();
        String fault = built.wrap(MemorySegment.ofArray(record.array()), 0, length, cpu);
        if (fault != null) {
            throw new IllegalArgumentException(fault);
        }
        built.number(number("evt.num", 0));
        return built;
    }

    private static byte[] bytes(EventType type, int index, JsonNode param) {
        if (param.has("hex")) {
            return HexFormat.of().parseHex(param.get("hex").stringValue());
        }
        if (param.has("empty")) {
            return new byte[0];
        }
        String shown = param.get("str").stringValue();
        boolean text = index < type.paramCount() && type.param(index).type() != ParamType.BYTEBUF;
        return (text ? shown + '\0' : shown).getBytes(StandardCharsets.UTF_8);
    }

    @Nullable JsonNode thread() {
        return event.get("thread");
    }

    JsonNode params() {
        return event.get("params");
    }

    Iterable<JsonNode> ancestors() {
        JsonNode ancestors = event.get("ancestors");
        return ancestors == null ? java.util.List.of() : ancestors;
    }

    long number(String field, long otherwise) {
        JsonNode value = fields.get(field);
        return value == null || !value.isIntegralNumber()
                ? otherwise
                : value.bigIntegerValue().longValue();
    }

    String text(String field, String otherwise) {
        JsonNode value = fields.get(field);
        return value == null || !value.isString() ? otherwise : value.stringValue();
    }

    boolean bool(String field) {
        JsonNode value = fields.get(field);
        return value != null && value.booleanValue();
    }

    boolean has(String field) {
        return fields.has(field);
    }

    /** A text of the snapshot with the bytes that are not UTF-8 restored from the parameters. */
    Text bytes(String shown) {
        if (!shown.contains(NOT_UTF8)) {
            return Text.of(shown);
        }
        for (JsonNode param : params()) {
            if (param.has("hex")) {
                byte[] raw = HexFormat.of().parseHex(param.get("hex").stringValue());
                int end = raw.length;
                while (end > 0 && raw[end - 1] == 0) {
                    end--;
                }
                String decoded = new String(raw, 0, end, StandardCharsets.UTF_8);
                if (shown.equals(decoded)) {
                    return Text.of(raw, 0, end);
                }
                if (shown.equals(decoded + "/")) {
                    byte[] directory = java.util.Arrays.copyOf(raw, end + 1);
                    directory[end] = '/';
                    return Text.wrap(directory);
                }
            }
        }
        return Text.of(shown);
    }
}
