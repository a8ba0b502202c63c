// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

import java.nio.file.Path;

/**
 * How the seccomp sensor works.
 *
 * @param socket where launchers and keepers find it
 * @param readOpens whether files that are opened for reading only are told too
 * @param deadlineMs after how long without a sign of life a keeper stands in for the agent
 * @param environment whether environments may be read at all
 */
public record SeccompConfig(Path socket, boolean readOpens, int deadlineMs, boolean environment) {
    /** What is not said otherwise. */
    public static final SeccompConfig DEFAULT =
            new SeccompConfig(Path.of("/opt/torimono/run/agent.sock"), false, 1000, true);
}
