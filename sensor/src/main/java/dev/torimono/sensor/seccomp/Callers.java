// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.torimono.sensor.gate.CallerFacts;
import dev.torimono.sensor.gate.SmallFiles;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Who calls. Reading it all from /proc costs more than the rest of a call, so that it is remembered
 * as long as the entry of the thread in /proc is the very same: its inode is made anew when a
 * thread ends and its id comes again, and its owner changes with the thread's identity. One thread.
 */
final class Callers {
    private static final int SLOTS = 1024;

    /** Groups and capabilities can change without a trace in /proc's entry. */
    private static final long FRESH_NS = 500_000_000;

    private record Known(long tid, long inode, int uid, int gid, long atNs, CallerFacts facts) {}

    private final SeccompCalls calls;
    private final SmallFiles files;
    private final @Nullable Known[] slots = new Known[SLOTS];

    Callers(SeccompCalls calls, SmallFiles files) {
        this.calls = calls;
        this.files = files;
    }

    /** Of a thread that waits; zeros for what cannot be read. */
    CallerFacts of(long tid) {
        MemorySegment entry = calls.statx("/proc/" + tid);
        if (entry == null) {
            return read(tid);
        }
        long inode = entry.get(JAVA_LONG, 32);
        int uid = entry.get(JAVA_INT, 20);
        int gid = entry.get(JAVA_INT, 24);
        int slot = (int) tid & (SLOTS - 1);
        Known known = slots[slot];
        long now = System.nanoTime();
        if (known != null
                && known.tid() == tid
                && known.inode() == inode
                && known.uid() == uid
                && known.gid() == gid
                && now - known.atNs() < FRESH_NS) {
            return known.facts();
        }
        CallerFacts facts = read(tid);
        slots[slot] = new Known(tid, inode, uid, gid, now, facts);
        return facts;
    }

    /** It changes what it is: an exec, other ids. */
    void forget(long tid) {
        slots[(int) tid & (SLOTS - 1)] = null;
    }

    private CallerFacts read(long tid) {
        String status = files.text("/proc/" + tid + "/status");
        String stat = files.text("/proc/" + CallerFacts.threadGroup(tid, status) + "/stat");
        return CallerFacts.parse(tid, status, stat);
    }
}
