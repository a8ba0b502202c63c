// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host;

/** What the host counts; nothing it loses or repairs goes unsaid. */
public enum HostCounter {
    /** Processes and threads seen being cloned. */
    FORKS,
    /** Images replaced by an exec. */
    EXECS,
    /** Tasks that ended. */
    EXITS,
    /** Tasks learnt from /proc because an event named them before their fork was seen. */
    TASKS_REPAIRED,
    /** Tasks an event named that /proc no longer knew: only the event's own context is told. */
    TASKS_UNKNOWN,
    /** Repairs not tried because this second's allowance was used up. */
    REPAIRS_SKIPPED,
    /** Tasks not remembered because the table was full. */
    TASKS_REFUSED,
    /** Tasks found replaced by another process of the same id. */
    PIDS_REUSED,
    /** Tasks found gone whose exit was never told. */
    EXITS_MISSED,
    /** Exited ancestors dropped because a lineage grew too long. */
    LINEAGES_CUT,
    /** Extension parameters shorter than their layout. */
    EXTENSIONS_MALFORMED,
    /** Cgroup paths read from /proc for a cgroup id that no exec or fork had told. */
    CGROUPS_READ,
    /** Containers seen for the first time. */
    CONTAINERS_SEEN,
    /** Container answers applied. */
    CONTAINERS_ANSWERED,
    /** Containers that no runtime knew. */
    CONTAINERS_UNKNOWN,
    /** Containers forgotten: removed by their runtime, or unused while the table was full. */
    CONTAINERS_FORGOTTEN,
    /** Questions to a runtime dropped because its queue was full. */
    RUNTIME_QUESTIONS_DROPPED,
    /** Answers of a runtime dropped because the host's queue was full. */
    RUNTIME_ANSWERS_DROPPED,
    /** Failed exchanges with a runtime, each followed by a pause and another try. */
    RUNTIME_FAILURES,
    /** Account files read. */
    ACCOUNTS_READ,
    /** Account files refused: too large, no regular file, or outside their container's root. */
    ACCOUNTS_REFUSED,
    /** Account reads dropped because their queue was full. */
    ACCOUNT_READS_DROPPED
}
