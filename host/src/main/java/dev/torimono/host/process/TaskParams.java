// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.model.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Where an exec or clone event type keeps what it tells of its task: parameter indices, -1 where
 * the type has none, found once by name.
 */
record TaskParams(
        int result,
        int exe,
        int args,
        int tid,
        int pid,
        int ptid,
        int cwd,
        int fdLimit,
        int majorFaults,
        int minorFaults,
        int vmSize,
        int vmRss,
        int vmSwap,
        int comm,
        int cgroups,
        int env,
        int tty,
        int pgid,
        int vpgid,
        int loginUid,
        int flags,
        int capInheritable,
        int capPermitted,
        int capEffective,
        int inode,
        int ctime,
        int mtime,
        int uid,
        int gid,
        int path,
        int vtid,
        int vpid,
        int pidNamespaceStart) {

    private static final @Nullable TaskParams[] BY_CODE =
            new @Nullable TaskParams[EventType.count()];

    static {
        for (EventType type : EventType.all()) {
            if (type.isExit() && Effect.of(type).changesImage()) {
                BY_CODE[type.code()] = read(type);
            }
        }
    }

    static TaskParams of(EventType type) {
        TaskParams params = BY_CODE[type.code()];
        if (params == null) {
            throw new IllegalArgumentException(type + " is neither exec nor clone");
        }
        return params;
    }

    private static TaskParams read(EventType type) {
        return new TaskParams(
                type.paramIndex("res"),
                type.paramIndex("exe"),
                type.paramIndex("args"),
                type.paramIndex("tid"),
                type.paramIndex("pid"),
                type.paramIndex("ptid"),
                type.paramIndex("cwd"),
                type.paramIndex("fdlimit"),
                type.paramIndex("pgft_maj"),
                type.paramIndex("pgft_min"),
                type.paramIndex("vm_size"),
                type.paramIndex("vm_rss"),
                type.paramIndex("vm_swap"),
                type.paramIndex("comm"),
                type.paramIndex("cgroups"),
                type.paramIndex("env"),
                type.paramIndex("tty"),
                type.paramIndex("pgid"),
                type.paramIndex("vpgid"),
                type.paramIndex("loginuid"),
                type.paramIndex("flags"),
                type.paramIndex("cap_inheritable"),
                type.paramIndex("cap_permitted"),
                type.paramIndex("cap_effective"),
                type.paramIndex("exe_ino"),
                type.paramIndex("exe_ino_ctime"),
                type.paramIndex("exe_ino_mtime"),
                type.paramIndex("uid"),
                type.paramIndex("gid"),
                type.paramIndex("trusted_exepath"),
                type.paramIndex("vtid"),
                type.paramIndex("vpid"),
                type.paramIndex("pidns_init_start_ts"));
    }
}
