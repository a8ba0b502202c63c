// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One system call by its portable code (parameter {@code ID} of generic events).
 *
 * @param code the code of the .scap format, not the architecture's number
 * @param name its name; {@code evt.type} of a generic event
 * @param events the event types that describe it
 */
public record Syscall(int code, String name, List<EventType> events) {
    public Syscall {
        events = List.copyOf(events);
    }

    /** The call of a portable code, or null for one newer than this schema. */
    public static @Nullable Syscall of(int code) {
        return EventSchema.TABLE.syscall(code);
    }

    /** Every call, ordered by code. */
    public static List<Syscall> all() {
        return EventSchema.TABLE.syscalls();
    }
}
