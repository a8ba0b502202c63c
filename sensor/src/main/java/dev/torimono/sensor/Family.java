// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.util.Locale;

/** Programs behind the dispatcher on sys_exit, named for their file in {@code trace/}. */
enum Family {
    EXEC_FAILED("execs that failed; those that succeed come from sched_process_exec"),
    OPEN("the opened file itself, whatever the path looked like"),
    CONNECT("the connection as the kernel set it up"),
    ACCEPT("the connection as the kernel set it up"),
    DUP("what stands behind the new fd"),
    NEWFD("fds made out of nothing: sockets, memfds, BPF objects"),
    FD("what is done to an open file, resolved"),
    MESSAGE("addresses given and received, and the first bytes"),
    MESSAGES("the same of several messages a call, each by itself"),
    PATH("paths changed, made absolute"),
    PATHS("two paths of a call, made absolute"),
    DIRECTORY("where relative paths start; the process table needs it"),
    TASK("identity, sessions, signals; the process table needs some"),
    PTRACE("who looks into whom"),
    SYSTEM("mounts and kernel modules"),
    PLAIN("calls whose arguments are told one by one, as planned");

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
