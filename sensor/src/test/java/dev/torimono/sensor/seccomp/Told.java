// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import dev.torimono.model.Demand;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import java.util.BitSet;
import java.util.function.Predicate;

/** What tests ask for, and how they tell events apart. */
final class Told {
    private Told() {}

    static Demand demand(String... symbols) {
        BitSet types = new BitSet();
        for (String symbol : symbols) {
            types.set(EventType.symbol(symbol).code());
        }
        return new Demand(types, false);
    }

    static Demand opens() {
        return demand(
                "SYSCALL_OPEN_X", "SYSCALL_OPENAT_2_X", "SYSCALL_OPENAT2_X", "SYSCALL_CREAT_X");
    }

    static String text(Event event, String param) {
        return event.text(event.type().paramIndex(param)).toString();
    }

    static String object(Event event) {
        return event.text(event.extension(Extension.OBJECT), Extension.OBJECT_HEADER_BYTES)
                .toString();
    }

    static Predicate<Event> open(String nameEnd) {
        return event -> event.type().name().startsWith("open") && object(event).endsWith(nameEnd);
    }

    static Predicate<Event> exec(String pathEnd) {
        return event ->
                event.type().name().equals("execve")
                        && text(event, "trusted_exepath").endsWith(pathEnd)
                        && event.number(0) == 0;
    }
}
