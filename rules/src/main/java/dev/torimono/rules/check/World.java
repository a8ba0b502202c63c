// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.rules.check;

import dev.torimono.model.Accounts;
import dev.torimono.model.Container;
import dev.torimono.model.Fd;
import dev.torimono.model.FdTable;
import dev.torimono.model.Group;
import dev.torimono.model.Task;
import dev.torimono.model.TaskTable;
import dev.torimono.model.Text;
import dev.torimono.model.User;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What exists around one described event: tasks, accounts, open files. */
final class World implements Accounts, FdTable, TaskTable {
    /** 2026-01-01T00:00:00Z; tests never depend on the clock. */
    static final long START_NS = 1_767_225_600_000_000_000L;

    private final Map<Long, Task> tasks = new HashMap<>();
    private final Map<Long, User> users = new HashMap<>();
    private final Map<Long, Group> groups = new HashMap<>();
    private final Map<Long, Fd> fds = new HashMap<>();

    Map<Long, Task> tasks() {
        return tasks;
    }

    void add(Task task) {
        tasks.put(task.tid(), task);
    }

    void add(Fd fd) {
        fds.put(fd.number(), fd);
    }

    void user(long uid, long gid, String name) {
        String home = uid == 0 ? "/root" : "/home/" + name;
        users.put(uid, new User(uid, gid, Text.of(name), Text.of(home), Text.of("/bin/sh")));
    }

    void group(long gid, String name) {
        groups.put(gid, new Group(gid, Text.of(name)));
    }

    @Override
    public @Nullable User user(@Nullable Container container, long uid) {
        return users.get(uid);
    }

    @Override
    public @Nullable Group group(@Nullable Container container, long gid) {
        return groups.get(gid);
    }

    @Override
    public @Nullable Fd fd(Task task, long number) {
        return fds.get(number);
    }

    @Override
    public int openCount(Task task) {
        return fds.size();
    }

    @Override
    public @Nullable Task task(long tid) {
        return tasks.get(tid);
    }
}
