// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.conformance;

import dev.torimono.model.EventType;
import dev.torimono.model.Syscall;
import java.util.BitSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** Names of event types, where a generic type stands for every call that has none of its own. */
final class EventNames {
    private EventNames() {}

    static SortedSet<String> of(BitSet codes) {
        SortedSet<String> names = new TreeSet<>();
        for (EventType type : EventType.all()) {
            if (codes.get(type.code())) {
                if (isGeneric(type)) {
                    Syscall.all().stream()
                            .filter(call -> call.events().stream().anyMatch(EventNames::isGeneric))
                            .forEach(call -> names.add(call.name()));
                } else {
                    names.add(type.name());
                }
            }
        }
        return names;
    }

    private static boolean isGeneric(EventType type) {
        return type.symbol().startsWith("GENERIC");
    }
}
