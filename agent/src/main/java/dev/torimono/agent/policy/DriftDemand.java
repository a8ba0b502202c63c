// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.policy;

import dev.torimono.model.Demand;
import dev.torimono.model.EventType;
import dev.torimono.model.FdKind;
import dev.torimono.model.Interest;
import dev.torimono.response.decision.PolicySet;
import java.util.BitSet;
import java.util.Set;

/** What judging drift wants of a source besides what rules want. */
final class DriftDemand {
    private static final Set<EventType> WRITES =
            Set.of(
                    EventType.symbol("SYSCALL_OPEN_X"),
                    EventType.symbol("SYSCALL_OPENAT_2_X"),
                    EventType.symbol("SYSCALL_OPENAT2_X"),
                    EventType.symbol("SYSCALL_CREAT_X"));
    private static final Set<EventType> MAPPINGS =
            Set.of(
                    EventType.symbol("SYSCALL_MMAP_X"),
                    EventType.symbol("SYSCALL_MMAP2_X"),
                    EventType.symbol("SYSCALL_MPROTECT_X"));

    private DriftDemand() {}

    static Demand with(Demand ofRules, PolicySet policies) {
        if (!policies.judgesDrift()) {
            return ofRules;
        }
        Demand more = ofRules.with(writes());
        return policies.judgesLibraries() ? more.with(mappings()) : more;
    }

    /** Who wrote what is executed later. */
    static boolean isWrite(EventType type) {
        return WRITES.contains(type);
    }

    /** Mapping a file, or changing what may be done with what is mapped. */
    static boolean isMapping(EventType type) {
        return MAPPINGS.contains(type);
    }

    private static Interest writes() {
        return interest(WRITES, Interest.OPEN_WRITE | Interest.OPEN_READ_WRITE, Interest.ANY_KIND);
    }

    /** Of files, not of memory; and only what may be executed. */
    private static Interest mappings() {
        return interest(
                MAPPINGS,
                Interest.MAP_EXECUTABLE,
                1 << FdKind.FILE_V2.code() | 1 << FdKind.MEMFD.code());
    }

    private static Interest interest(Set<EventType> types, int modes, int kinds) {
        BitSet codes = new BitSet();
        types.forEach(type -> codes.set(type.code()));
        return new Interest(codes, modes, Interest.SUCCEEDED, Interest.IN_CONTAINER, kinds, null);
    }
}
