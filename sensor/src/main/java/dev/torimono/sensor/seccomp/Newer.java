// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

/** What kernels have that are newer than 5.8, and is done without where they have not. */
enum Newer {
    /** Caller and listener wake each other on one CPU (since 6.6). */
    WAKE_ON_ONE_CPU,
    /** Fds are compared (before 5.12 only kernels that can be frozen and thawed). */
    COMPARE_FDS
}
