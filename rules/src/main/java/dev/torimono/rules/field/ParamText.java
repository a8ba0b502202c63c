// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.Observation;
import dev.torimono.model.Param;
import dev.torimono.model.ParamType;
import java.util.Objects;

/**
 * Parameters as Falco prints them: the raw form ({@code 3}) and, where there is one, the resolved
 * form ({@code O_RDWR}, {@code <f>/etc/passwd}).
 */
final class ParamText {
    private static final long MAX_U16 = 0xFFFF;

    private ParamText() {}

    /** {@code evt.args}: every parameter of the schema. */
    static boolean all(Observation o, Value value) {
        value.begin();
        int count = Math.min(o.event().type().paramCount(), o.event().paramCount());
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                value.append(' ');
            }
            value.append(o.event().type().param(i).name()).append('=');
            raw(o, i, value);
            int before = value.written();
            value.append('(');
            if (ResolvedText.append(o, i, value)) {
                value.append(')');
            } else {
                value.cut(before);
            }
        }
        return value.end();
    }

    /** The resolved form where there is one, else the raw form. */
    static boolean best(Observation o, int param, Value value) {
        value.begin();
        if (!ResolvedText.append(o, param, value)) {
            raw(o, param, value);
        }
        return value.end();
    }

    private static void raw(Observation o, int param, Value value) {
        Event event = o.event();
        Param schema = event.type().param(param);
        ParamType type = schema.type();
        if (!event.has(param)) {
            value.append(
                    type == ParamType.BYTEBUF || type == ParamType.SOCKTUPLE ? "NULL" : "<NA>");
            return;
        }
        switch (type) {
            case CHARBUF, FSPATH, FSRELPATH ->
                    value.append(event, param, 0, event.textLength(param, 0));
            case BYTEBUF -> dots(event, param, value);
            case CHARBUFARRAY, CHARBUF_PAIR_ARRAY -> dots(event, param, value);
            case ABSTIME -> TimeFields.dateTime(value, event.number(param), true);
            case SOCKADDR -> SocketText.address(event, param, value);
            case SOCKTUPLE -> SocketText.tuple(event, param, value);
            case FDLIST -> SocketText.polled(o, param, value);
            case IPV4ADDR, IPV6ADDR -> SocketText.bare(event, param, value);
            case DYN -> dynamic(event, param, value);
            case SIGSET -> value.appendUnsigned(event.number(param));
            case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 ->
                    number(event, param, schema.format(), value);
            case FLAGS8, FLAGS16, FLAGS32, ENUMFLAGS8, ENUMFLAGS16, ENUMFLAGS32 ->
                    value.appendUnsigned(event.number(param));
            case MODE -> number(event, param, Param.Format.OCT, value);
            case UID, GID -> {
                int id = (int) event.number(param);
                value.appendDecimal(id);
            }
            case PORT, SIGTYPE, SYSCALLID, ERRNO, FD, PID, FD32, PID32, RELTIME ->
                    value.appendDecimal(event.number(param));
        }
    }

    private static void number(Event event, int param, Param.Format format, Value value) {
        long n = event.number(param);
        boolean signed = event.type().param(param).type().signed();
        switch (format) {
            case HEX -> value.appendRadix(n, 4, true);
            case OCT -> {
                if (n != 0) {
                    value.append('0');
                }
                value.appendRadix(n, 3, true);
            }
            case DEC, NA -> {
                if (signed) {
                    value.appendDecimal(n);
                } else {
                    value.appendUnsigned(n);
                }
            }
        }
    }

    /** Bytes, with a dot for each that does not print. */
    private static void dots(Event event, int param, Value value) {
        int start = value.written();
        int size = event.length(param);
        value.append(event, param, 0, size);
        printable(value, start);
    }

    /** Replaces what does not print, from there on, by dots. */
    static void printable(Value value, int start) {
        byte[] bytes = value.own();
        for (int i = start; i < value.written(); i++) {
            if (bytes[i] < ' ' || bytes[i] == 127) {
                bytes[i] = '.';
            }
        }
    }

    /** A discriminator byte, then a value whose width tells what it is. */
    private static void dynamic(Event event, int param, Value value) {
        switch (event.length(param) - 1) {
            case 1 -> value.appendUnsigned(event.byteAt(param, 1));
            case 2 -> value.appendUnsigned(event.u16At(param, 1) & MAX_U16);
            case 4 -> value.appendDecimal(event.u32At(param, 1));
            case 8 -> value.appendDecimal(event.u64At(param, 1));
            default -> {
                int start = value.written();
                value.append(event, param, 1, Math.max(event.length(param) - 1, 0));
                printable(value, start);
            }
        }
    }

    /** The flag names of a parameter that has some. */
    static boolean flags(Event event, int param, Value value) {
        Param schema = event.type().param(param);
        if (schema.flags() == null) {
            return false;
        }
        Flags flags = Flags.of(Objects.requireNonNull(schema.flags()));
        return flags.append(value, event.number(param), Flags.isEnumeration(schema.type()));
    }
}
