// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.sensor;

import java.util.Set;

/** Hooks that are always attached: without them nobody knows who did what. */
enum LifecycleHook {
    SCHED_PROCESS_FORK("tells every new task, threads too, before it can do anything"),
    SCHED_PROCESS_EXEC("the new image stands and has not run; at sys_exit the old memory is gone"),
    SCHED_PROCESS_EXIT("tells the end of every task, however it came");

    /** What their events are called. */
    static final Set<String> NAMES =
            Set.of("execve", "execveat", "clone", "clone3", "fork", "vfork", "procexit");

    private final String why;

    LifecycleHook(String why) {
        this.why = why;
    }

    /** Name of tracepoint and program alike. */
    String point() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    String why() {
        return why;
    }
}
