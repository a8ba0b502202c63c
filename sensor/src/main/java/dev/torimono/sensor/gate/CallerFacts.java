// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

import java.util.HashMap;
import java.util.Map;

/**
 * Who calls, as {@code /proc/PID/status} and {@code stat} tell.
 *
 * @param pid thread group
 * @param parent its parent's
 * @param innerGroup process group in its own pid namespace
 * @param group process group
 * @param terminal controlling terminal, device number; 0 none
 * @param startNs start of the thread group, ns since boot, exact to a clock tick
 * @param uid real user
 * @param effectiveUid effective user
 * @param effectiveGid effective group
 * @param capInheritable capabilities
 * @param capPermitted capabilities
 * @param capEffective capabilities
 */
public record CallerFacts(
        long pid,
        long parent,
        long innerGroup,
        long group,
        int terminal,
        long startNs,
        long uid,
        long effectiveUid,
        long effectiveGid,
        long capInheritable,
        long capPermitted,
        long capEffective) {
    private static final long TICK_NS = 10_000_000;

    /** Words of stat behind the comm: state first. */
    private static final int STAT_GROUP = 2;

    private static final int STAT_TERMINAL = 4;
    private static final int STAT_START = 19;

    /** Of the text of both files; what cannot be read is 0. */
    public static CallerFacts parse(long tid, String status, String stat) {
        Map<String, String[]> lines = new HashMap<>();
        for (String line : status.split("\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 1).trim().split("\\s+"));
            }
        }
        String[] words = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        String[] groups = lines.getOrDefault("NSpgid", new String[0]);
        return new CallerFacts(
                number(lines, "Tgid", 0, 10) == 0 ? tid : number(lines, "Tgid", 0, 10),
                number(lines, "PPid", 0, 10),
                groups.length == 0 ? 0 : parse(groups[groups.length - 1], 10),
                word(words, STAT_GROUP),
                (int) word(words, STAT_TERMINAL),
                word(words, STAT_START) * TICK_NS,
                number(lines, "Uid", 0, 10),
                number(lines, "Uid", 1, 10),
                number(lines, "Gid", 1, 10),
                number(lines, "CapInh", 0, 16),
                number(lines, "CapPrm", 0, 16),
                number(lines, "CapEff", 0, 16));
    }

    /** The process of a thread by its status; the thread itself when that cannot be read. */
    public static long threadGroup(long tid, String status) {
        int at = status.indexOf("\nTgid:");
        if (at < 0) {
            return tid;
        }
        int end = status.indexOf('\n', at + 1);
        long pid = parse(status.substring(at + 6, end < 0 ? status.length() : end).trim(), 10);
        return pid == 0 ? tid : pid;
    }

    private static long word(String[] words, int index) {
        return index < words.length ? parse(words[index], 10) : 0;
    }

    private static long number(Map<String, String[]> lines, String name, int index, int radix) {
        String[] words = lines.get(name);
        return words == null || index >= words.length ? 0 : parse(words[index], radix);
    }

    private static long parse(String word, int radix) {
        try {
            return radix == 16 ? Long.parseUnsignedLong(word, 16) : Long.parseLong(word);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
