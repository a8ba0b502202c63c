// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

/** What the seccomp sensor counts, in the order in which it is told. */
public enum SeccompCount {
    /** Calls that waited for us. */
    NOTIFIED,
    /** Calls that were refused. */
    REFUSED,
    /** Callers that were ended while they waited. */
    KILLED,
    /** Calls that came again because a signal had interrupted them; told once. */
    RESTARTED,
    /** Callers that were gone before their call was looked at. */
    GONE,
    /** Calls whose arguments could not be read. */
    UNREADABLE,
    /** Calls that were let pass because of a fault of ours. */
    FAULTS,
    /** Calls that a keeper let pass while we were away or slow. */
    PASSED_UNSEEN,
    /** Programs that run without being seen, because we were not there when they began. */
    UNCOVERED,
    /** Covered programs that were started or came back to us. */
    SESSIONS,
    /** Connections that were refused: no room, no shared pid namespace, not ours. */
    SESSIONS_REFUSED,
    /** Calls that turned out to be nothing that rules want; answered at once. */
    UNWANTED,
    /** Processes that were taken for their parent, instead of all being read that /proc has. */
    HEIRS,
    /** Covered programs whose kernel wakes us on another CPU (before 6.6): each call costs more. */
    SLOW_LISTENERS,
    /** Processes that were found beside covered programs and that nobody sees. */
    OUTSIDERS
}
