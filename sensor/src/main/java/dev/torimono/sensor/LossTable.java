// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import dev.torimono.model.EventType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The kernel's array of {@code struct loss}, read as memory. */
final class LossTable {
    static final int ENTRIES = 1024;
    static final long CGROUP = 0;
    static final long COUNT = 8;
    static final long TYPE = 16;
    static final long TGID = 20;
    static final long BYTES = 24;

    private final MemorySegment memory;

    LossTable(MemorySegment memory) {
        this.memory = memory;
    }

    /** Those that there are. */
    List<Loss> all() {
        List<Loss> all = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            long at = i * BYTES;
            long count = memory.get(ValueLayout.JAVA_LONG, at + COUNT);
            if (count > 0) {
                // The first is nobody's in particular.
                EventType type =
                        i == 0 ? null : EventType.of(memory.get(ValueLayout.JAVA_INT, at + TYPE));
                long cgroup = memory.get(ValueLayout.JAVA_LONG, at + CGROUP);
                int pid = memory.get(ValueLayout.JAVA_INT, at + TGID);
                all.add(new Loss(type, cgroup, pid, count));
            }
        }
        return all;
    }
}
