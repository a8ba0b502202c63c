// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

/** Which opens wait, as far as their flags tell, which a filter sees in a register. */
enum WaitingOpens {
    /** Those that write or make a file. */
    WRITES,
    /** And those that read, but not of what must be a folder. */
    FILES,
    /** All. */
    ALL
}
