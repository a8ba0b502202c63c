// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

/**
 * What tells a process from any other of this boot.
 *
 * @param pid its id
 * @param startNs its start, ns since boot
 */
public record ProcessId(long pid, long startNs) {
    private static final long TICK_NS = 10_000_000;

    /** Whether /proc tells of that very process. */
    boolean is(ProcessFacts process) {
        return pid == process.pid() && startNs / TICK_NS == process.startNs() / TICK_NS;
    }
}
