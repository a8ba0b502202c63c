// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Processes that an agent which was killed left stopped. Nobody could note them down: the kernel
 * stops them, and the agent may be gone before it hears of it. But they are told apart by where
 * they stand: at the very entry of their program, where nobody stops a process but a gate (and a
 * debugger, whose stops are others). One thread.
 */
final class Leftovers {
    private static final int AT_BASE = 7;
    private static final int AT_ENTRY = 9;
    private static final int PAIR_BYTES = 16;

    /** Of a 64-bit ELF header. */
    private static final int ENTRY_OFFSET = 24;

    private static final int STAT_START = 19;
    private static final long TICK_NS = 10_000_000;

    private final SmallFiles files = new SmallFiles();
    private final String proc;
    private final HostWorld host;

    /**
     * @param proc {@code /proc/}
     */
    Leftovers(String proc, HostWorld host) {
        this.proc = proc;
        this.host = host;
    }

    /** Those that stand at their entry now, with their starts; never any of the host. */
    Map<Long, Long> stopped(Iterable<Long> pids) {
        Map<Long, Long> found = new HashMap<>();
        for (long pid : pids) {
            String[] stat = stat(pid);
            if (stat != null && !host.has(pid) && standsAtItsEntry(pid)) {
                found.put(pid, Long.parseLong(stat[STAT_START]) * TICK_NS);
            }
        }
        return found;
    }

    /** The words behind the comm of a stopped process; null of any other. */
    private String @Nullable [] stat(long pid) {
        String text = files.text(proc + pid + "/stat");
        int at = text.lastIndexOf(')');
        if (at < 0) {
            return null;
        }
        String[] words = text.substring(at + 1).strip().split(" ");
        return words.length > STAT_START && words[0].equals("T") ? words : null;
    }

    private boolean standsAtItsEntry(long pid) {
        // "-1 SP PC" of a process that is stopped outside of any call.
        String[] words = files.text(proc + pid + "/syscall").strip().split(" ");
        if (words.length < 3) {
            return false;
        }
        try {
            long counter = Long.parseUnsignedLong(words[words.length - 1].substring(2), 16);
            return counter != 0 && counter == entry(pid);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return false;
        }
    }

    /**
     * Where the first instruction is: the dynamic loader's, or a static program's own; 0 unknown.
     */
    private long entry(long pid) {
        int length = files.read(proc + pid + "/auxv");
        long base = 0;
        long own = 0;
        for (int at = 0; at + PAIR_BYTES <= length; at += PAIR_BYTES) {
            long key = files.bytes().get(JAVA_LONG_UNALIGNED, at);
            long value = files.bytes().get(JAVA_LONG_UNALIGNED, at + 8L);
            base = key == AT_BASE ? value : base;
            own = key == AT_ENTRY ? value : own;
        }
        return base == 0 ? own : base + loaderEntry(pid, base);
    }

    private long loaderEntry(long pid, long base) {
        int memory = files.open(proc + pid + "/mem", SmallFiles.O_RDONLY);
        if (memory < 0) {
            return 0;
        }
        try {
            return files.read(memory, base + ENTRY_OFFSET, 8) == 8
                    ? files.bytes().get(JAVA_LONG_UNALIGNED, 0)
                    : 0;
        } finally {
            files.close(memory);
        }
    }
}
