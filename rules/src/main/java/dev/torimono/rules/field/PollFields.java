// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.Observation;

/** The fds of a poll event, one after another. */
final class PollFields {
    private static final int ENTRY_BYTES = 10;

    private PollFields() {}

    static Reader of(String name) {
        return switch (name) {
            case "fdlist.nums" -> each((number, fd, v) -> v.appendDecimal(number));
            case "fdlist.names" ->
                    each(
                            (number, fd, v) ->
                                    fd == null ? v : v.append(fd.name(), 0, fd.nameLength()));
            case "fdlist.cips" -> each((number, fd, v) -> address(fd, v, true));
            case "fdlist.sips" -> each((number, fd, v) -> address(fd, v, false));
            case "fdlist.cports" -> each((number, fd, v) -> port(fd, v, true));
            case "fdlist.sports" -> each((number, fd, v) -> port(fd, v, false));
            default -> Reader.MISSING;
        };
    }

    /** Appends what one polled fd contributes; nothing when it contributes nothing. */
    @FunctionalInterface
    private interface Entry {
        Value append(long number, @org.jspecify.annotations.Nullable Fd fd, Value value);
    }

    private static Reader each(Entry entry) {
        return (o, v) -> {
            Event event = o.event();
            int param = event.type().paramIndex("fds");
            if (param < 0 || event.length(param) < 2) {
                return false;
            }
            return list(o, param, entry, v);
        };
    }

    private static boolean list(Observation o, int param, Entry entry, Value value) {
        Event event = o.event();
        int count = event.u16At(param, 0);
        value.begin();
        for (int i = 0; i < count && 2 + (i + 1) * ENTRY_BYTES <= event.length(param); i++) {
            long number = event.u64At(param, 2 + i * ENTRY_BYTES);
            int before = value.written();
            if (before > 0) {
                value.append(',');
            }
            int start = value.written();
            entry.append(number, o.fd(number), value);
            if (value.written() == start) {
                value.cut(before);
            }
        }
        return value.written() > 0 && value.end();
    }

    private static Value address(
            @org.jspecify.annotations.Nullable Fd fd, Value value, boolean client) {
        if (fd == null || !fd.kind().isInet()) {
            return value;
        }
        byte[] address = client ? fd.sourceAddress() : fd.destinationAddress();
        return Addresses.append(value, address, 0, SocketFields.width(fd));
    }

    private static Value port(
            @org.jspecify.annotations.Nullable Fd fd, Value value, boolean client) {
        if (fd == null || !fd.kind().isInet()) {
            return value;
        }
        return value.appendDecimal(client ? fd.sourcePort() : fd.destinationPort());
    }
}
