// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Fd;
import dev.torimono.model.FdKind;
import dev.torimono.model.Observation;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/** How an event ended: return value, errors, bytes moved. */
final class ResultFields {
    private static final Text SUCCESS = Text.of("SUCCESS");

    private ResultFields() {}

    static @Nullable Reader of(String name) {
        return switch (name) {
            case "evt.res" -> ResultFields::outcome;
            case "evt.rawres" -> (o, v) -> has(o) && v.number(result(o.event()));
            case "evt.failed" -> (o, v) -> has(o) && v.bool(failed(o));
            case "evt.buffer" -> ResultFields::buffer;
            case "evt.buflen" -> ResultFields::moved;
            case "evt.count" -> (o, v) -> v.number(1);
            case "evt.count.error" -> ResultFields::errors;
            case "evt.count.error.file" -> (o, v) -> isFile(o) && errors(o, v);
            case "evt.count.error.net" -> (o, v) -> isNet(o) && errors(o, v);
            case "evt.count.error.memory" -> (o, v) -> isMemory(o) && errors(o, v);
            case "evt.count.error.other" ->
                    (o, v) -> !isFile(o) && !isNet(o) && !isMemory(o) && errors(o, v);
            case "evt.count.procinfo" -> (o, v) -> v.number(isProcess(o) ? 1 : 0);
            case "evt.count.threadinfo" -> (o, v) -> v.number(isProcInfo(o) ? 1 : 0);
            case "evt.count.exit" -> (o, v) -> o.event().type() == Types.PROCEXIT && v.number(1);
            default -> null;
        };
    }

    private static boolean isProcInfo(Observation o) {
        return o.event().type() == Types.PROCINFO;
    }

    private static boolean isProcess(Observation o) {
        Task task = o.task();
        return isProcInfo(o) && task != null && task.isLeader();
    }

    static boolean has(Observation o) {
        Event event = o.event();
        return event.has(Types.result(event.type().code()));
    }

    static long result(Event event) {
        return event.number(Types.result(event.type().code()));
    }

    static boolean failed(Observation o) {
        return result(o.event()) < 0;
    }

    private static boolean outcome(Observation o, Value value) {
        if (!has(o)) {
            return false;
        }
        long result = result(o.event());
        if (result >= 0) {
            return value.text(SUCCESS);
        }
        return value.text(Errno.name(-result));
    }

    private static boolean errors(Observation o, Value value) {
        return has(o) && value.number(failed(o) ? 1 : 0);
    }

    private static boolean buffer(Observation o, Value value) {
        Event event = o.event();
        int data = Types.data(event.type());
        if (data < 0 || data >= event.paramCount()) {
            return false;
        }
        return value.begin().append(event, data, 0, event.length(data)).end();
    }

    private static boolean moved(Observation o, Value value) {
        Fd fd = o.fd();
        return fd != null
                && fd.kind() != FdKind.UNKNOWN
                && Types.isIo(o.event().type())
                && has(o)
                && result(o.event()) >= 0
                && value.number(result(o.event()));
    }

    private static boolean isFile(Observation o) {
        FdKind kind = kind(o);
        if (kind != FdKind.UNKNOWN) {
            return kind.isFile() || kind == FdKind.DIRECTORY;
        }
        EventType type = o.event().type();
        return Types.opens(type) || type == Types.CREAT;
    }

    private static boolean isNet(Observation o) {
        FdKind kind = kind(o);
        if (kind != FdKind.UNKNOWN) {
            return kind.isInet() || kind == FdKind.UNIX_SOCK;
        }
        return switch (o.event().type().name()) {
            case "socket", "connect", "accept", "accept4", "bind", "sendto", "recvfrom" ->
                    o.event().type().isExit();
            default -> false;
        };
    }

    private static boolean isMemory(Observation o) {
        return o.event().type().category().equals("memory");
    }

    private static FdKind kind(Observation o) {
        Fd fd = o.fd();
        return fd == null ? FdKind.UNKNOWN : fd.kind();
    }
}
