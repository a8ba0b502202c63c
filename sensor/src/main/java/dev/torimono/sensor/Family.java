// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.util.Locale;

/**
 * Programs behind the dispatcher on sys_exit, one file of {@code trace/} each (connect has two).
 */
enum Family {
    EXEC_FAILED("execs that failed; those that succeed come from sched_process_exec"),
    OPEN("the opened file itself, whatever the path looked like"),
    CONNECT("the connection as the kernel set it up"),
    ACCEPT("the connection as the kernel set it up"),
    DUP("what stands behind the new fd");

    private final String why;

    Family(String why) {
        this.why = why;
    }

    String program() {
        return name().toLowerCase(Locale.ROOT) + "_exit";
    }

    String why() {
        return why;
    }
}
