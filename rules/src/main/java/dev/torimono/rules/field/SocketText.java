// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.Event;
import dev.torimono.model.Fd;
import dev.torimono.model.Observation;

/** Socket addresses and poll lists of parameters as Falco prints them. */
final class SocketText {
    private static final int UNIX = 1;
    private static final int INET = 2;
    private static final int INET6 = 10;
    private static final int UNIX_POINTERS = 16;
    private static final int POLL_ENTRY = 10;

    private SocketText() {}

    /** A SOCKADDR: family byte, then path or address and port. */
    static void address(Event event, int param, Value value) {
        int width = width(event.byteAt(param, 0));
        if (event.byteAt(param, 0) == UNIX) {
            value.append(event, param, 1, event.textLength(param, 1));
        } else if (width > 0 && event.length(param) >= 1 + width + 2) {
            end(event, param, 1, width, value);
        } else {
            value.append("family ").appendDecimal(event.byteAt(param, 0));
        }
    }

    /** A SOCKTUPLE: family byte, then both ends. */
    static void tuple(Event event, int param, Value value) {
        int family = event.byteAt(param, 0);
        int width = width(family);
        if (family == UNIX && event.length(param) >= 1 + UNIX_POINTERS) {
            value.appendRadix(event.u64At(param, 1), 4, false).append("->");
            value.appendRadix(event.u64At(param, 9), 4, false);
            int path = event.textLength(param, 1 + UNIX_POINTERS);
            if (path > 0) {
                value.append(' ').append(event, param, 1 + UNIX_POINTERS, path);
            }
        } else if (width > 0 && event.length(param) >= 1 + 2 * (width + 2)) {
            end(event, param, 1, width, value);
            value.append("->");
            end(event, param, 3 + width, width, value);
        } else {
            value.append("family ").appendDecimal(family);
        }
    }

    /** An address without family or port. */
    static void bare(Event event, int param, Value value) {
        int width = event.length(param) >= 16 ? 16 : 4;
        if (event.length(param) >= width) {
            append(event, param, 0, width, value);
        }
    }

    /** A poll list: u16 count, then i64 fd and u16 events each. */
    static void polled(Observation o, int param, Value value) {
        Event event = o.event();
        int count = event.length(param) < 2 ? 0 : event.u16At(param, 0);
        for (int i = 0; i < count && 2 + (i + 1) * POLL_ENTRY <= event.length(param); i++) {
            if (i > 0) {
                value.append(' ');
            }
            long number = event.u64At(param, 2 + i * POLL_ENTRY);
            Fd fd = o.fd(number);
            value.appendDecimal(number).append(':');
            if (fd != null) {
                value.append(fd.kind().typeChar());
            }
            value.appendRadix(event.u16At(param, 10 + i * POLL_ENTRY), 4, false);
        }
    }

    private static int width(int family) {
        return family == INET ? 4 : family == INET6 ? 16 : 0;
    }

    private static void end(Event event, int param, int at, int width, Value value) {
        append(event, param, at, width, value);
        value.append(':').appendDecimal(event.u16At(param, at + width));
    }

    private static void append(Event event, int param, int at, int width, Value value) {
        byte[] address = value.scratch();
        event.copy(param, at, address, 0, width);
        Addresses.append(value, address, 0, width);
    }
}
