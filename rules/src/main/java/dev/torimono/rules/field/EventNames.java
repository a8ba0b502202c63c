// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.field;

import dev.torimono.model.EventType;
import dev.torimono.model.Syscall;
import dev.torimono.rules.RuleException;
import dev.torimono.rules.syntax.Span;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Every name that {@code evt.type} can have, with the event types that bear it. */
public final class EventNames {
    private static final Map<String, BitSet> CODES = new HashMap<>();

    static {
        for (EventType type : EventType.all()) {
            CODES.computeIfAbsent(type.name(), name -> new BitSet()).set(type.code());
        }
        for (Syscall syscall : Syscall.all()) {
            BitSet codes = CODES.computeIfAbsent(syscall.name(), name -> new BitSet());
            syscall.events().forEach(type -> codes.set(type.code()));
        }
        // What async events call themselves; they arrive whatever a rule asks for.
        CODES.putIfAbsent("container", new BitSet());
    }

    private EventNames() {}

    public static boolean isKnown(String name) {
        return CODES.containsKey(name);
    }

    /** Codes of the types of that name; empty for an unknown one. */
    public static BitSet codes(String name) {
        return (BitSet) CODES.getOrDefault(name, new BitSet()).clone();
    }

    public static Set<String> names() {
        return Set.copyOf(CODES.keySet());
    }

    /** The error for a name that no event has. */
    public static RuleException unknown(String name, Span span) {
        return new RuleException(
                RuleException.Kind.UNKNOWN_EVENT_TYPE,
                "unknown event type " + name + Guess.among(name, CODES.keySet()),
                span);
    }
}
