// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Fd;
import dev.torimono.model.FdTable;
import dev.torimono.model.Task;
import dev.torimono.model.TaskTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Every task of the capture by id, and how they hang together: groups of threads, parents and
 * children, and who takes in the children of one that ends.
 */
final class Tasks implements TaskTable, FdTable {
    /** As upstream; later tasks are not followed. */
    private static final int MAX_TASKS = 1 << 18;

    private static final int MAX_ENDED_ANCESTORS = 64;

    private final FdPool pool = new FdPool();
    private final LongMap<CapturedTask> byTid = new LongMap<>();
    private final LongMap<TaskGroup> groups = new LongMap<>();
    private boolean lineageStays;

    FdPool pool() {
        return pool;
    }

    void clear() {
        byTid.forEach(task -> task.ownFds().clear());
        byTid.clear();
        groups.clear();
        lineageStays = false;
    }

    /** From now on orphans keep their parents, as when our own agent watches. */
    void lineageStays() {
        lineageStays = true;
    }

    @Nullable CapturedTask find(long tid) {
        return byTid.get(tid);
    }

    /** The task of that id, or a placeholder for it; null when the table is full. */
    @Nullable CapturedTask findOrPlaceholder(long tid) {
        CapturedTask found = byTid.get(tid);
        if (found == null && byTid.size() < MAX_TASKS) {
            found = CapturedTask.placeholder(tid, pool);
            byTid.put(tid, found);
        }
        return found;
    }

    /** Adds a task and links it; false when the table is full. */
    boolean add(CapturedTask task) {
        if (byTid.size() >= MAX_TASKS) {
            return false;
        }
        link(task);
        byTid.put(task.task().tid(), task);
        return true;
    }

    /** Places every task anew, after more is known of containers. */
    void place(Placing placing) {
        byTid.forEach(task -> task.task().container(placing.container(task.task().cgroup())));
    }

    /** Adds without linking, for a whole list whose parents may come later. */
    void addUnlinked(CapturedTask task) {
        if (byTid.size() < MAX_TASKS) {
            byTid.put(task.task().tid(), task);
        }
    }

    void linkAll() {
        List<CapturedTask> all = new ArrayList<>();
        byTid.forEach(all::add);
        all.forEach(this::link);
    }

    /** Puts a task into its group and under its parent; a placeholder has neither. */
    void link(CapturedTask task) {
        if (task.isPlaceholder() || task.group() != null) {
            return;
        }
        Task own = task.task();
        TaskGroup group = groups.get(own.pid());
        if (group == null) {
            group = new TaskGroup();
            group.reaper(own.pid() == 1 || own.vpid() == 1);
            groups.put(own.pid(), group);
        }
        task.group(group);
        group.add(task);
        CapturedTask main = group.main();
        if (main != null) {
            for (CapturedTask thread : group.threads()) {
                thread.task().leader(thread == main ? null : main.task());
            }
            own.cwd(main.task().cwd());
        }
        if (own.pid() == 1) {
            return;
        }
        CapturedTask parent = byTid.get(own.parentTid());
        if (parent == null || parent.isPlaceholder() || parent == task) {
            own.parent(0, null);
        } else {
            parent.addChild(task);
        }
    }

    void remove(long tid) {
        CapturedTask task = byTid.get(tid);
        if (task == null) {
            return;
        }
        TaskGroup group = task.group();
        if (group == null) {
            leaveParent(task);
            forget(task);
            return;
        }
        if (!task.has(CloneFlags.DEAD)) {
            group.living(group.living() - 1);
            task.flag(CloneFlags.DEAD);
        }
        giveChildrenAway(task, group);
        if (group.living() <= 0) {
            CapturedTask main = group.main();
            group.remove(task);
            leaveParent(task);
            groups.remove(task.task().pid());
            if (main != null) {
                leaveParent(main);
                forget(main);
            }
        }
        if (!task.isMain()) {
            group.remove(task);
            leaveParent(task);
            forget(task);
        }
    }

    private void forget(CapturedTask task) {
        task.ownFds().clear();
        byTid.remove(task.task().tid());
    }

    private void leaveParent(CapturedTask task) {
        CapturedTask parent = byTid.get(task.task().parentTid());
        if (parent != null) {
            parent.removeChild(task);
        }
    }

    private void giveChildrenAway(CapturedTask task, TaskGroup group) {
        if (task.children().isEmpty()) {
            return;
        }
        if (lineageStays) {
            task.children().clear();
            cutLineage(task.task());
            return;
        }
        CapturedTask reaper = task.reaperTid() > 0 ? findOrPlaceholder(task.reaperTid()) : null;
        if (reaper == null || reaper.isPlaceholder() || reaper == task) {
            reaper = newReaper(task, group);
        }
        List<CapturedTask> children = new ArrayList<>(task.children());
        task.children().clear();
        task.countChildren();
        for (CapturedTask child : children) {
            if (reaper == null || reaper == child) {
                child.task().parent(0, null);
            } else {
                reaper.addChild(child);
            }
        }
        TaskGroup reaping = reaper == null ? null : reaper.group();
        if (reaping != null && reaping != group) {
            reaping.reaper(true);
        }
    }

    /** A process that forks and ends for ever must not grow a chain without end. */
    private static void cutLineage(Task task) {
        Task at = task;
        for (int i = 0; i < MAX_ENDED_ANCESTORS; i++) {
            Task up = at.leader().parent();
            if (up == null || up.isAlive()) {
                return;
            }
            at = up.leader();
        }
        at.parent(at.parentTid(), null);
    }

    /** As the kernel looks for one: own threads, then the nearest ancestor that reaps. */
    private @Nullable CapturedTask newReaper(CapturedTask task, TaskGroup group) {
        CapturedTask sibling = living(group, task);
        if (sibling != null) {
            return sibling;
        }
        Set<CapturedTask> seen = new HashSet<>();
        CapturedTask at = byTid.get(task.task().parentTid());
        while (at != null && seen.add(at) && at.inPidNamespace() == task.inPidNamespace()) {
            TaskGroup g = at.group();
            if (g != null && g.reaper()) {
                CapturedTask thread = living(g, task);
                if (thread != null) {
                    return thread;
                }
            }
            at = byTid.get(at.task().parentTid());
        }
        return null;
    }

    private static @Nullable CapturedTask living(TaskGroup group, CapturedTask except) {
        if (group.living() <= 0) {
            return null;
        }
        for (CapturedTask thread : group.threads()) {
            if (thread != except && !thread.has(CloneFlags.DEAD)) {
                return thread;
            }
        }
        return null;
    }

    @Override
    public @Nullable Task task(long tid) {
        CapturedTask found = byTid.get(tid);
        return found == null ? null : found.task();
    }

    @Override
    public @Nullable Fd fd(Task task, long number) {
        CapturedTask found = of(task);
        return found == null ? null : found.fd(number);
    }

    @Override
    public int openCount(Task task) {
        FdMap map = map(task);
        return map == null ? 0 : map.size();
    }

    @Override
    public void forEach(Task task, Consumer<Fd> each) {
        FdMap map = map(task);
        if (map != null) {
            map.forEach(each);
        }
    }

    private @Nullable FdMap map(Task task) {
        CapturedTask found = of(task);
        return found == null ? null : found.fds();
    }

    /** Null for a task that has ended and is known as an ancestor only. */
    private @Nullable CapturedTask of(Task task) {
        CapturedTask found = byTid.get(task.tid());
        return found == null || found.task() != task ? null : found;
    }
}
