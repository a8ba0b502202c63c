// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.scap;

import dev.torimono.model.Event;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last enter event of each task of an old capture, kept until its exit event asks for it. */
final class EnterEvents {
    /**
     * Beyond it all are forgotten, as if the capture had lost them: only a forged file gets there.
     */
    private static final int MAX_BYTES = 64 << 20;

    private final Map<Long, byte[]> byTid = new HashMap<>();
    private final Event stored = new Event();
    private long bytes;

    void store(Event event) {
        byte[] record = event.record();
        if (bytes + record.length > MAX_BYTES) {
            byTid.clear();
            bytes = 0;
        }
        byte[] before = byTid.put(event.tid(), record);
        bytes += record.length - (before == null ? 0 : before.length);
    }

    /** The task's enter event, valid until the next call; null when none is stored. */
    @Nullable Event of(long tid) {
        byte[] record = byTid.get(tid);
        if (record == null) {
            return null;
        }
        String fault = stored.wrap(MemorySegment.ofArray(record), 0, record.length, 0);
        if (fault != null) {
            throw new IllegalStateException("stored enter event: " + fault);
        }
        return stored;
    }

    void forget(long tid) {
        byte[] before = byTid.remove(tid);
        bytes -= before == null ? 0 : before.length;
    }

    void clear() {
        byTid.clear();
        bytes = 0;
    }
}
