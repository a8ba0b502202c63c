// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.host.container.Cgroup;
import dev.torimono.host.container.CgroupTable;
import dev.torimono.host.procfs.ProcFs;
import dev.torimono.host.procfs.ProcReader;
import dev.torimono.host.procfs.StartTime;
import dev.torimono.host.procfs.TextPool;
import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the task an event speaks of, and mends the table from /proc when the kernel's context does
 * not fit: a fork or exec record was lost, or the pid was reused.
 */
final class TaskFinder {
    /** Deeper process trees do not occur; a loop in a /proc read while it changed must end. */
    private static final int MOST_ANCESTORS = 256;

    /** Who takes a child in may end at once as well, but not for ever. */
    private static final int MOST_PARENT_READS = 4;

    private final ProcessTable table;
    private final ProcReader reader;
    private final ProcFs proc;
    private final CgroupTable cgroups;
    private final TextPool texts;
    private final RepairAllowance allowance;
    private final HostCounters counters;
    private final Kin kin;

    TaskFinder(
            ProcessTable table,
            ProcReader reader,
            ProcFs proc,
            CgroupTable cgroups,
            TextPool texts,
            RepairAllowance allowance,
            HostCounters counters) {
        this.table = table;
        this.reader = reader;
        this.proc = proc;
        this.cgroups = cgroups;
        this.texts = texts;
        this.allowance = allowance;
        this.counters = counters;
        this.kin = new Kin(table, reader);
    }

    /** The task of an event's header; a stranger nobody knows is told by the context alone. */
    Task find(long tid, Context context) {
        Task known = known(tid, context);
        return known == null ? learn(tid, context) : known;
    }

    /** The same, but null instead of a repair. */
    @Nullable Task known(long tid, Context context) {
        Task task = table.get(tid);
        if (task == null || !context.present()) {
            return task;
        }
        Task leader = task.leader();
        if (leader.pid() == context.tgid() && fits(leader, context.startNs())) {
            return task;
        }
        counters.increment(HostCounter.PIDS_REUSED);
        table.forget(task, 0);
        return null;
    }

    /** Whether the leader started then; if so the more exact of both times is kept. */
    static boolean fits(Task leader, long startNs) {
        if (!StartTime.same(leader.startNs(), startNs)) {
            return false;
        }
        if (startNs != 0 && leader.startNs() != startNs) {
            leader.startNs(startNs);
        }
        return true;
    }

    /** The process of that id and start, from the table or /proc; null when it is gone. */
    @Nullable Task process(long pid, long startNs) {
        Task known = table.get(pid);
        if (known != null && fits(known.leader(), startNs)) {
            return known.leader();
        }
        return allowance.take() ? repair(pid, startNs, 0) : null;
    }

    /** Takes in the process of a task that already ran, with its threads and its parents. */
    @Nullable Task repair(long tid, long startNs, int depth) {
        Task task = reader.process(tid, kin);
        if (task == null || !StartTime.same(task.startNs(), startNs)) {
            return null;
        }
        if (startNs != 0) {
            task.startNs(startNs);
        }
        Task stale = table.get(task.pid());
        if (stale != null && tid != task.pid() && fits(stale.leader(), task.startNs())) {
            // Named by one of its threads.
            return stale.leader();
        }
        if (stale != null) {
            counters.increment(HostCounter.PIDS_REUSED);
            table.forget(stale, 0);
        }
        task.parent(task.parentTid(), parent(task, depth));
        if (!table.addProcess(task)) {
            return task;
        }
        // Whoever was found by his kin, and a thread of the kernel, has no other thread.
        if (task.usage() != null) {
            threads(task);
        }
        return task;
    }

    private void threads(Task leader) {
        for (long tid : proc.threads(leader.pid())) {
            Task known = tid == leader.pid() ? leader : table.get(tid);
            if (known != null && known.leader() != leader) {
                // Its own exit was lost, or it went on as this process's thread.
                table.forget(known, 0);
                known = null;
            }
            if (known == null) {
                table.addThread(threadOf(tid, leader), leader);
            }
        }
    }

    /** The cgroup the kernel says the task is in now, learnt from /proc once per id. */
    void place(Task task, Context context) {
        long id = context.cgroupId();
        if (id == 0) {
            return;
        }
        Cgroup cgroup = cgroups.byId(id);
        if (cgroup == null) {
            if (!allowance.take()) {
                return;
            }
            counters.increment(HostCounter.CGROUPS_READ);
            Text path = proc.cgroup(task.tid());
            if (path.isEmpty() || leftItsCgroup(path, id)) {
                return;
            }
            cgroup = cgroups.of(path);
            cgroups.learn(id, cgroup);
        }
        move(task, cgroup);
    }

    /** The cgroup that an exec or clone record tells: by id when it is known, else by path. */
    void place(Task task, Event event, int cgroupsParam, int detail, Context context) {
        long id = context.cgroupId();
        Cgroup cgroup = id == 0 ? null : cgroups.byId(id);
        if (cgroup == null) {
            Text told = CgroupParam.path(event, cgroupsParam, detail, texts);
            if (told.isEmpty()) {
                return;
            }
            cgroup = cgroups.of(told);
            if (id != 0) {
                cgroups.learn(id, cgroup);
            }
        }
        cgroup.seen(task.pid());
        move(task, cgroup);
    }

    /**
     * A zombie is in no v1 cgroup any more: /proc then shows the root, which must not be taken for
     * the path of the cgroup it was in. In kernfs every hierarchy's root has inode 1.
     */
    private static boolean leftItsCgroup(Text path, long id) {
        return path.length() == 1 && (int) id != 1;
    }

    private static void move(Task task, Cgroup cgroup) {
        // Both compare identity first: one instance per path and per container while cached.
        if (!task.cgroup().equals(cgroup.path())
                || !Objects.equals(task.container(), cgroup.container())) {
            cgroup.seen(task.pid());
            task.cgroup(cgroup.path()).container(cgroup.container());
        }
    }

    /** A further thread of a process, not yet in the table. */
    static Task threadOf(long tid, Task leader) {
        Task thread = new Task(tid, leader.pid());
        inherit(thread, leader);
        thread.startNs(leader.startNs()).cloneTimeNs(leader.cloneTimeNs());
        return thread.leader(leader).virtualIds(-1, leader.vpid());
    }

    /** Gives a new task everything that a clone takes over from its maker. */
    static void inherit(Task child, Task maker) {
        child.comm(maker.comm()).image(maker.image()).credentials(maker.credentials());
        child.realUid(maker.realUid());
        child.cwd(maker.cwd()).root(maker.root()).tty(maker.tty());
        child.cgroup(maker.cgroup()).container(maker.container());
        child.session(maker.sid(), maker.pgid(), maker.vpgid()).vsid(maker.vsid());
        child.namespaces(maker.pidNamespace(), maker.mountNamespace());
        child.pidNamespaceStartNs(maker.pidNamespaceStartNs());
    }

    private Task learn(long tid, Context context) {
        if (!allowance.take()) {
            return stranger(tid, context);
        }
        long pid = context.present() ? context.tgid() : reader.threadGroup(tid);
        if (pid == 0) {
            return stranger(tid, context);
        }
        Task leader = table.get(pid);
        if (leader == null || !fits(leader.leader(), context.startNs())) {
            leader = repair(pid, context.startNs(), 0);
            if (leader == null) {
                return stranger(tid, context);
            }
            counters.increment(HostCounter.TASKS_REPAIRED);
        }
        if (tid == pid) {
            return leader;
        }
        Task thread = table.get(tid);
        if (thread == null) {
            thread = threadOf(tid, leader.leader());
            table.addThread(thread, leader.leader());
        }
        return thread;
    }

    /** The parent, or whoever has taken the child in when the one it named ended meanwhile. */
    private @Nullable Task parent(Task child, int depth) {
        for (int reads = 0; reads < MOST_PARENT_READS; reads++) {
            Task found = namedParent(child, depth);
            long now = found == null ? reader.parent(child.pid()) : 0;
            if (now == 0 || now == child.parentTid()) {
                return found;
            }
            child.parent(now, null);
        }
        return null;
    }

    private @Nullable Task namedParent(Task child, int depth) {
        long id = child.parentTid();
        if (id == 0 || depth >= MOST_ANCESTORS) {
            return null;
        }
        Task known = table.get(id);
        if (known != null && known.leader().startNs() <= child.startNs() + StartTime.TICK_NS) {
            return known.leader();
        }
        return repair(id, 0, depth + 1);
    }

    /** Not remembered: it is gone, or the next event may find it. */
    private Task stranger(long tid, Context context) {
        counters.increment(HostCounter.TASKS_UNKNOWN);
        long pid = context.present() ? context.tgid() : tid;
        Task task = new Task(tid, pid).startNs(context.startNs());
        task.namespaces(0, context.mountNamespace());
        if (context.present()) {
            task.realUid(context.uid());
            task.credentials(
                    new Credentials(context.uid(), Credentials.UNSET, Credentials.UNSET, 0, 0, 0));
            Cgroup cgroup = cgroups.byId(context.cgroupId());
            if (cgroup != null) {
                task.cgroup(cgroup.path()).container(cgroup.container());
            }
        }
        return task;
    }
}
