// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.gate;

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

    /** Of values, the last. */
    private static final int LAST = -1;

    /** One that is gone: all but its number is 0. */
    public static CallerFacts unknown(long tid) {
        return new CallerFacts(tid, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Of the text of both files; what cannot be read is 0. */
    public static CallerFacts parse(long tid, String status, String stat) {
        String[] words = stat.substring(stat.lastIndexOf(')') + 1).trim().split(" ");
        int uid = values(status, "\nUid:");
        return new CallerFacts(
                threadGroup(tid, status),
                number(status, values(status, "\nPPid:"), 0, 10),
                number(status, values(status, "\nNSpgid:"), LAST, 10),
                word(words, STAT_GROUP),
                (int) word(words, STAT_TERMINAL),
                word(words, STAT_START) * TICK_NS,
                number(status, uid, 0, 10),
                number(status, uid, 1, 10),
                number(status, values(status, "\nGid:"), 1, 10),
                number(status, values(status, "\nCapInh:"), 0, 16),
                number(status, values(status, "\nCapPrm:"), 0, 16),
                number(status, values(status, "\nCapEff:"), 0, 16));
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

    /** Where the values of a line begin; negative when there is no such line. */
    private static int values(String status, String line) {
        int at = status.indexOf(line);
        return at < 0 ? -1 : at + line.length();
    }

    /** One of the values, which tabs separate; {@link #LAST} for the last one. */
    private static long number(String status, int from, int index, int radix) {
        if (from < 0) {
            return 0;
        }
        int end = status.indexOf('\n', from);
        String line = status.substring(from, end < 0 ? status.length() : end).trim();
        String[] words = line.split("\t");
        int at = index == LAST ? words.length - 1 : index;
        return at < words.length ? parse(words[at], radix) : 0;
    }

    private static long parse(String word, int radix) {
        try {
            return radix == 16 ? Long.parseUnsignedLong(word, 16) : Long.parseLong(word);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
