// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.agent.config;

/** By what the agent sees. */
enum SensorKind {
    /** Programs in the kernel. */
    KERNEL,
    /** Calls of covered programs that wait for it. */
    SECCOMP;

    /** Which opened files it sees by calls that wait. */
    enum Opens {
        WRITE,
        ALL
    }
}
