// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

/** The strongest thing that can be done about an exec on a machine, weakest first. */
public enum Strength {
    NOTHING,
    /** Seen, and the process killed from user space, too late for short ones. */
    DETECT,
    /** Killed in the kernel before its first instruction. */
    KILL,
    /** The exec fails, by fanotify's permission events. */
    PREVENT_FANOTIFY,
    /** The exec fails, by a BPF security module. */
    PREVENT_LSM
}
