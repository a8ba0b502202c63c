// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.procfs.ProcFs;
import dev.torimono.host.procfs.TextPool;
import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Extension;
import dev.torimono.model.Task;
import dev.torimono.model.Text;

/** The small changes a task makes to itself: session, group, directory, name. */
final class SessionIntake {
    private static final int PR_SET_NAME = 15;

    private final ProcFs proc;
    private final TextPool texts;

    SessionIntake(ProcFs proc, TextPool texts) {
        this.proc = proc;
        this.texts = texts;
    }

    void apply(Event event, Task task) {
        int result = event.type().paramIndex("res");
        if (!event.has(result) || event.number(result) < 0) {
            return;
        }
        Task leader = task.leader();
        switch (Effect.of(event.type())) {
            case SETSID -> {
                leader.session(leader.pid(), leader.pid(), leader.vpid()).vsid(leader.vpid());
                leader.tty(0);
            }
            case SETPGID -> setpgid(event, leader);
            case CHDIR -> leader.cwd(directory(event, leader, "cwd"));
            case CHROOT -> leader.root(directory(event, leader, "root"));
            case SETGID -> setgid(event, leader);
            case RENAME_TASK -> rename(event, task);
            case NONE, EXEC, FORK, EXIT -> throw new IllegalArgumentException(event.type().name());
        }
    }

    /** Only of itself: ids of others are told in a namespace that may not be ours. */
    private static void setpgid(Event event, Task leader) {
        long pid = event.number(event.type().paramIndex("pid"));
        long group = event.number(event.type().paramIndex("pgid"));
        if (pid != 0 && pid != leader.vpid()) {
            return;
        }
        long innerGroup = group == 0 ? leader.vpid() : group;
        boolean sameNamespace = leader.vpid() == leader.pid();
        long outerGroup =
                innerGroup == leader.vpid()
                        ? leader.pid()
                        : sameNamespace ? innerGroup : leader.pgid();
        leader.session(leader.sid(), outerGroup, innerGroup);
    }

    private static void setgid(Event event, Task leader) {
        EventType type = event.type();
        int param = Math.max(type.paramIndex("gid"), type.paramIndex("egid"));
        if (!event.has(param)) {
            return;
        }
        long gid = event.number(param);
        Credentials own = leader.credentials();
        if (gid != Credentials.UNSET) {
            leader.credentials(own.withIds(own.uid(), gid));
        }
    }

    private void rename(Event event, Task task) {
        EventType type = event.type();
        if (event.number(type.paramIndex("option")) == PR_SET_NAME) {
            task.comm(texts.of(event, type.paramIndex("arg2_str")));
        }
    }

    /** As the kernel resolved it, else as given, else as /proc has it now. */
    private Text directory(Event event, Task leader, String link) {
        int object = event.extension(Extension.OBJECT);
        if (event.length(object) > Extension.OBJECT_HEADER_BYTES) {
            return texts.of(event, object, Extension.OBJECT_HEADER_BYTES);
        }
        int path = event.type().paramIndex("path");
        if (event.has(path) && event.byteAt(path, 0) == '/') {
            return texts.of(event, path);
        }
        String now = proc.link(leader.pid(), link);
        return now.isEmpty() ? (link.equals("cwd") ? leader.cwd() : leader.root()) : Text.of(now);
    }
}
