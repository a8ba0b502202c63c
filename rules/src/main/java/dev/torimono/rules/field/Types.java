// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.EventType;
import dev.torimono.model.ParamType;

/** What fields ask of an event type, looked up once per code. */
final class Types {
    static final EventType ASYNC = EventType.symbol("ASYNCEVENT_E");
    static final EventType CREAT = EventType.symbol("SYSCALL_CREAT_X");
    static final EventType PROCINFO = EventType.symbol("PROCINFO_E");
    static final EventType PROCEXIT = EventType.symbol("PROCEXIT_E");

    private static final boolean[] GENERIC = new boolean[EventType.count()];
    private static final boolean[] IO = new boolean[EventType.count()];
    private static final byte[] RESULT = new byte[EventType.count()];
    private static final byte[] DATA = new byte[EventType.count()];
    private static final byte[] OPEN_FLAGS = new byte[EventType.count()];
    private static final byte[] OPEN_MODE = new byte[EventType.count()];

    static {
        for (EventType type : EventType.all()) {
            int code = type.code();
            GENERIC[code] = type.symbol().equals("GENERIC_E") || type.symbol().equals("GENERIC_X");
            IO[code] = type.category().startsWith("io_");
            RESULT[code] = (byte) result(type);
            DATA[code] = (byte) type.paramIndex("data");
            boolean opens = opens(type);
            OPEN_FLAGS[code] = (byte) (opens ? type.paramIndex("flags") : -1);
            OPEN_MODE[code] = (byte) (opens || type == CREAT ? type.paramIndex("mode") : -1);
        }
    }

    private Types() {}

    private static int result(EventType type) {
        int res = type.paramIndex("res");
        if (res < 0 && type.isExit() && type.has(EventType.Trait.CREATES_FD)) {
            res = type.paramIndex("fd");
        }
        return res >= 0 && type.param(res).type().numeric() ? res : -1;
    }

    /** The open family as far as it has flags; opened files that are created by creat do not. */
    static boolean opens(EventType type) {
        return type.isExit()
                && switch (type.name()) {
                    case "open", "openat", "openat2", "open_by_handle_at" -> true;
                    default -> false;
                };
    }

    static boolean isGeneric(EventType type) {
        return GENERIC[type.code()];
    }

    static boolean isIo(EventType type) {
        return IO[type.code()];
    }

    /** Parameter that holds the return value; -1 when the type has none. */
    static int result(int code) {
        return RESULT[code];
    }

    /** Parameter that holds the data read or written; -1 when the type has none. */
    static int data(EventType type) {
        return DATA[type.code()];
    }

    static int openFlags(EventType type) {
        return OPEN_FLAGS[type.code()];
    }

    static int openMode(EventType type) {
        return OPEN_MODE[type.code()];
    }

    /** Whether a parameter of that type compares as a number. */
    static boolean isNumber(ParamType type) {
        return type.numeric();
    }
}
