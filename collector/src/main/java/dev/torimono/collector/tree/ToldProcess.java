// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.collector.tree;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.databind.JsonNode;

/**
 * A process as a lineage or a deed tells of it.
 *
 * @param id the same wherever the same process of an agent is told of
 * @param startNs start, ns since the epoch; 0 unknown
 * @param bootNs start, ns since boot; 0 unknown
 */
record ToldProcess(
        String id,
        long pid,
        long vpid,
        long startNs,
        long bootNs,
        String name,
        String exe,
        String cmdline,
        long uid,
        String user,
        String tty,
        String container) {
    /** What {@code /proc} tells of start times; what the kernel tells is cut down to it. */
    private static final long TICK_NS = 10_000_000;

    private static final long NS_PER_S = 1_000_000_000L;
    private static final String HOST = "host";

    static ToldProcess of(JsonNode told) {
        long pid = told.path("pid").asLong(0);
        long startNs = startNs(told.path("start"));
        return new ToldProcess(
                id(pid, told.path("start_ns").asLong(0), startNs),
                pid,
                told.path("vpid").asLong(-1),
                startNs,
                told.path("start_ns").asLong(0),
                text(told, "name"),
                text(told, "exe"),
                text(told, "cmdline"),
                told.path("uid").asLong(-1),
                text(told, "user"),
                text(told, "tty"),
                told.path("container").asString(HOST));
    }

    /**
     * Names a process.
     *
     * @param bootNs start, ns since boot: it does not change when the clock is set or the agent
     *     starts again; 0 where an older agent does not tell it
     */
    static String id(long pid, long bootNs, long startNs) {
        return bootNs > 0 ? pid + "-" + bootNs / TICK_NS : pid + "-e" + startNs / TICK_NS;
    }

    /** Whether it only begins what others ask for. */
    boolean isSystem() {
        return pid <= 2;
    }

    boolean isInContainer() {
        return !container.equals(HOST);
    }

    private static String text(JsonNode told, String name) {
        return told.path(name).asString("");
    }

    /** Lineages tell it as text, deeds as a number. */
    private static long startNs(JsonNode start) {
        if (start.isNumber()) {
            return start.asLong(0);
        }
        try {
            Instant at = Instant.parse(start.asString(""));
            return Math.addExact(
                    Math.multiplyExact(at.getEpochSecond(), NS_PER_S), (long) at.getNano());
        } catch (DateTimeParseException | ArithmeticException e) {
            return 0;
        }
    }
}
