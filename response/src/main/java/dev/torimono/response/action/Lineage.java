// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response.action;

/**
 * What the agent remembers of descent beyond what /proc shows: a process whose parent ended belongs
 * to another one there. A port.
 */
@FunctionalInterface
public interface Lineage {
    /** Remembers nothing. */
    Lineage NONE = (pid, startNs, ancestorPid, ancestorStartNs) -> false;

    /** Whether a process descends from another. Asked by the responder's thread. */
    boolean descends(long pid, long startNs, long ancestorPid, long ancestorStartNs);
}
