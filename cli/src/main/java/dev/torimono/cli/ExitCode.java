// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.cli;

/** What the command's exit codes mean; documented in its help. */
final class ExitCode {
    static final int OK = 0;

    /** A check found something: broken rules, problems of the machine, failed cases. */
    static final int FOUND = 1;

    /** Options or configuration are wrong. */
    static final int USAGE = 2;

    /** The machine lacks something, or does not allow it. */
    static final int ENVIRONMENT = 3;

    static final int ALREADY_RUNNING = 4;

    /** A fault of ours. */
    static final int INTERNAL = 70;

    private ExitCode() {}
}
