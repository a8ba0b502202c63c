// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.torimono.model.StatLine;
import dev.torimono.sensor.gate.CallerFacts;
import dev.torimono.sensor.gate.SmallFiles;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who calls. What was read of a thread is remembered as long as its entry in /proc is the very
 * same: its inode is made anew when a thread ends and its id comes again, and its owner changes
 * with the thread's identity. A process that was forked is who its parent is, as long as nothing
 * that we know speaks against it ({@link #heir}): for each further file of a new process the kernel
 * makes an entry first, which costs more than to read it. One thread.
 */
final class Callers {
    private static final int SLOTS = 1024;

    /** Groups and capabilities can change without a trace in /proc's entry. */
    private static final long FRESH_NS = 500_000_000;

    private static final int MOST_CHANGED = 4096;

    private record Known(
            long tid, long inode, int uid, int gid, long atNs, long layout, CallerFacts facts) {}

    private final SeccompCalls calls;
    private final CallerReader reader;
    private final Sessions.Counter counter;
    private final @Nullable Known[] slots = new Known[SLOTS];

    /** Who was last found to have a child while he was not known himself. */
    private final long[] parents = new long[SLOTS];

    /** Start of processes that told of a change of their ids. */
    private final Map<Long, Long> changed = new HashMap<>();

    private boolean overflown;

    Callers(SeccompCalls calls, SmallFiles files, Sessions.Counter counter) {
        this.calls = calls;
        this.counter = counter;
        reader = new CallerReader(files);
    }

    /**
     * Of a thread that waits; zeros for what cannot be read.
     *
     * @param told whether its program's changes of identity are all told
     */
    CallerFacts of(long tid, boolean told) {
        MemorySegment entry = calls.statx("/proc/" + tid);
        if (entry == null) {
            return CallerFacts.unknown(tid);
        }
        long inode = entry.get(JAVA_LONG, 32);
        int uid = entry.get(JAVA_INT, 20);
        int gid = entry.get(JAVA_INT, 24);
        Known known = slots[slot(tid)];
        long now = System.nanoTime();
        if (known != null
                && known.tid() == tid
                && known.inode() == inode
                && known.uid() == uid
                && known.gid() == gid
                && now - known.atNs() < FRESH_NS) {
            return known.facts();
        }
        boolean hasStat = reader.readStat(tid);
        long layout = hasStat ? reader.stat().layout() : 0;
        CallerFacts facts = told && layout != 0 ? heir(tid, uid, gid) : null;
        if (facts == null) {
            facts = reader.facts(tid);
        }
        slots[slot(tid)] = new Known(tid, inode, uid, gid, now, layout, facts);
        return facts;
    }

    /**
     * A process of one thread whose memory is laid out as its parent's executed nothing since it
     * was forked. Its ids are its parent's: no change of ids was told of either, the owner of its
     * entry is the same, and so are its capabilities, which are asked for. Null where anything
     * differs or is not known.
     */
    private @Nullable CallerFacts heir(long tid, int uid, int gid) {
        StatLine stat = reader.stat();
        if (stat.threads() != 1 || overflown || hasChanged(tid, stat.startNs())) {
            return null;
        }
        long layout = stat.layout();
        long group = stat.group();
        int terminal = stat.terminal();
        long startNs = stat.startNs();
        Known parent = parent(stat.parent());
        if (parent == null
                || parent.layout() != layout
                || parent.uid() != uid
                || parent.gid() != gid) {
            return null;
        }
        CallerFacts of = parent.facts();
        boolean inner = group != of.group() && of.group() != of.innerGroup();
        if (inner
                || parent.tid() != of.pid()
                || hasChanged(of.pid(), of.startNs())
                || !calls.hasCapabilities(tid, of)) {
            return null;
        }
        counter.count(SeccompCount.HEIRS, 1);
        return new CallerFacts(
                tid,
                of.pid(),
                group == of.group() ? of.innerGroup() : group,
                group,
                terminal,
                startNs,
                of.uid(),
                of.effectiveUid(),
                of.effectiveGid(),
                of.capInheritable(),
                of.capPermitted(),
                of.capEffective());
    }

    /** Reads one that is not known for its second child: many have but one. */
    private @Nullable Known parent(long pid) {
        int slot = slot(pid);
        Known known = slots[slot];
        if (known != null && known.tid() == pid) {
            return known;
        }
        if (parents[slot] != pid) {
            parents[slot] = pid;
            return null;
        }
        MemorySegment entry = calls.statx("/proc/" + pid);
        if (entry == null) {
            return null;
        }
        long inode = entry.get(JAVA_LONG, 32);
        int uid = entry.get(JAVA_INT, 20);
        int gid = entry.get(JAVA_INT, 24);
        long layout = reader.readStat(pid) ? reader.stat().layout() : 0;
        CallerFacts facts = reader.facts(pid);
        Known read = new Known(pid, inode, uid, gid, System.nanoTime(), layout, facts);
        slots[slot] = read;
        return read;
    }

    private boolean hasChanged(long tid, long startNs) {
        if (changed.isEmpty()) {
            return false;
        }
        Long start = changed.get(tid);
        return start != null && start == startNs;
    }

    /** It executes something else. */
    void executes(long tid) {
        slots[slot(tid)] = null;
    }

    /** A thread changes its ids; its process is not trusted to hand them on from now on. */
    void changes(long tid, CallerFacts who) {
        slots[slot(tid)] = null;
        slots[slot(who.pid())] = null;
        if (changed.size() >= MOST_CHANGED) {
            changed.keySet().removeIf(each -> calls.statx("/proc/" + each) == null);
            overflown |= changed.size() >= MOST_CHANGED;
        }
        if (!overflown) {
            changed.put(who.pid(), who.startNs());
        }
    }

    private static int slot(long tid) {
        return (int) tid & (SLOTS - 1);
    }
}
