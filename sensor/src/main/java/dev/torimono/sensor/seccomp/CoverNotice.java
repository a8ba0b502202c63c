// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor.seccomp;

/** What has to be told about who is seen and who is not. */
public sealed interface CoverNotice {
    /** Whom it is about. */
    Covered covered();

    /** It is seen from now on; {@code again} when it was begun before us. */
    record Seen(Covered covered, boolean again) implements CoverNotice {}

    /** It runs and nobody sees it. */
    record Uncovered(Covered covered) implements CoverNotice {}

    /** Its keeper let calls pass that nobody judged. */
    record Passed(Covered covered, long calls) implements CoverNotice {}

    /** Its keeper has ended before it: without us its calls would now fail. */
    record KeeperGone(Covered covered) implements CoverNotice {}

    /**
     * A process that nobody sees runs beside it, begun by somebody else.
     *
     * @param covered beside whom
     * @param exe what it executes
     * @param commandLine its arguments
     */
    record Outsider(Covered covered, long pid, String exe, String commandLine, long uid)
            implements CoverNotice {}

    /** It was refused. */
    record Refused(Covered covered, String why) implements CoverNotice {}
}
