// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.fd;

import dev.torimono.model.EventType;
import dev.torimono.model.ParamType;

/** Which parameter of an event type numbers the fd that the event is about; -1 for none. */
final class FdParam {
    private static final int NONE = -1;
    private static final int[] FD = new int[EventType.count()];
    private static final int[] SECOND = new int[EventType.count()];
    private static final int[] TUPLE = new int[EventType.count()];

    static {
        for (EventType type : EventType.all()) {
            FD[type.code()] =
                    type.isExit()
                            ? first(type, "fd", "res", "in_fd", "out_fd", "fd_in", "fdout")
                            : NONE;
            SECOND[type.code()] = type.isExit() ? first(type, "oldfd") : NONE;
            TUPLE[type.code()] = type.paramIndex("tuple");
        }
    }

    private FdParam() {}

    static int of(EventType type) {
        return FD[type.code()];
    }

    /** The fd it was made from, where the first may not exist for want of success. */
    static int fallback(EventType type) {
        return SECOND[type.code()];
    }

    /** The connection's two ends, where the schema itself tells them. */
    static int tuple(EventType type) {
        return TUPLE[type.code()];
    }

    private static int first(EventType type, String... names) {
        for (String name : names) {
            int index = type.paramIndex(name);
            if (index >= 0 && isFd(type.param(index).type())) {
                return index;
            }
        }
        return NONE;
    }

    private static boolean isFd(ParamType type) {
        return type == ParamType.FD || type == ParamType.FD32;
    }
}
