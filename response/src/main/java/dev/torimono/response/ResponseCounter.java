// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.response;

/** What the response side counts; nothing it does or leaves undone goes unsaid. */
public enum ResponseCounter {
    /** Actions handed to a lane. */
    ACTIONS_QUEUED,
    /** Actions not done because their lane was full. */
    ACTIONS_DROPPED,
    /** Actions done and verified. */
    ACTIONS_DONE,
    /** Actions tried in vain. */
    ACTIONS_FAILED,
    /** Actions a guard objected to, the kill switch and rate limits included. */
    ACTIONS_REFUSED,
    /** Actions only told, because their policy or the agent only monitors. */
    ACTIONS_MONITORED,
    /** Alerts told while an action was not finished. */
    TOLD_PENDING,
    /** Results that came after their alert was told. */
    RESULTS_LATE,
    /** Decisions left open because a container's runtime did not answer in time. */
    LEFT_UNDECIDED,
    /** Faults of ours while acting or telling. */
    FAULTS
}
