// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.model.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Every living task by tid. A leader's {@code threads} is the number of its group's living tasks,
 * its {@code children} the number of living processes whose parent it is. Ended tasks leave the
 * table and live on only through the parent links of their children. One owner thread.
 */
public final class ProcessTable {
    /** Bounds a fork's walk up; living ancestors cost no memory of their own. */
    private static final int MOST_STEPS = 1024;

    /** Bounds the walk up a lineage. */
    private static final int MAX_DEPTH = 4096;

    /** Portable clone flag of a leader that ended before its threads. */
    private static final int CLOSED = 1 << 18;

    private final TaskMap tasks = new TaskMap();
    private final int maxTasks;
    private final int maxExitedAncestors;
    private final HostCounters counters;
    private int sweepAt;

    public ProcessTable(int maxTasks, int maxExitedAncestors, HostCounters counters) {
        this.maxTasks = maxTasks;
        this.maxExitedAncestors = maxExitedAncestors;
        this.counters = counters;
    }

    public @Nullable Task get(long tid) {
        return tasks.get(tid);
    }

    public int size() {
        return tasks.size();
    }

    public void forEach(Consumer<Task> consumer) {
        tasks.forEach(consumer);
    }

    /** Every living process that descends from a task's, whoever its parent is by now. */
    public List<Task> descendants(Task task) {
        Task root = task.leader();
        List<Task> found = new ArrayList<>();
        tasks.forEach(
                other -> {
                    if (other.isLeader() && descends(other, root)) {
                        found.add(other);
                    }
                });
        return found;
    }

    private static boolean descends(Task task, Task root) {
        Task at = task.ancestor(1);
        for (int i = 0; i < MAX_DEPTH && at != null; i++) {
            if (at.pid() == root.pid() && at.startNs() == root.startNs()) {
                return true;
            }
            at = at.ancestor(1);
        }
        return false;
    }

    /** Takes a new process in; false when the table is full. Its parent must be linked before. */
    public boolean addProcess(Task process) {
        if (full()) {
            return false;
        }
        process.threads(1);
        Task parent = process.parent();
        if (parent != null) {
            parent.leader().children(parent.leader().children() + 1);
            cutLineage(process);
        }
        tasks.put(process);
        return true;
    }

    /** Takes one more thread of that leader in; false when the table is full. */
    public boolean addThread(Task thread, Task leader) {
        thread.leader(leader).parent(leader.parentTid(), leader.parent());
        if (full()) {
            return false;
        }
        leader.threads(leader.threads() + 1);
        tasks.put(thread);
        return true;
    }

    /**
     * One task ended. A leader that ends before its threads stays: its id goes on naming the
     * process, and a later exec of any thread revives it.
     */
    public void exited(Task task, long timeNs, int status) {
        Task leader = task.leader();
        if (task != leader) {
            task.exited(known(timeNs), status);
            if (!tasks.remove(task)) {
                return;
            }
        } else {
            leader.flags(leader.flags() | CLOSED);
        }
        leader.threads(leader.threads() - 1);
        if (leader.threads() <= 0) {
            end(leader, timeNs, status);
        }
    }

    /** An exec left one thread of the group, the leader. */
    public void onlyLeader(Task leader) {
        if (leader.threads() > 1 || (leader.flags() & CLOSED) != 0) {
            for (Task thread : threadsOf(leader)) {
                tasks.remove(thread);
            }
        }
        leader.threads(1).flags(leader.flags() & ~CLOSED);
    }

    /** The task is gone, and with a leader its whole group, whatever the thread count says. */
    void forget(Task task, long timeNs) {
        if (task == task.leader()) {
            drop(task, timeNs);
        } else {
            exited(task, timeNs, 0);
        }
    }

    private void drop(Task leader, long timeNs) {
        if (leader.threads() > 1 || (leader.flags() & CLOSED) != 0) {
            for (Task thread : threadsOf(leader)) {
                tasks.remove(thread);
                thread.exited(known(timeNs), 0);
            }
        }
        end(leader, timeNs, 0);
    }

    /**
     * Looks at the next few slots for tasks whose exit was lost.
     *
     * @param exists whether the kernel still has a task of that tid
     */
    public void sweep(int slots, long nowNs, LongPredicate exists) {
        for (int i = 0; i < slots; i++) {
            Task task = tasks.slot(sweepAt++);
            if (task == null || exists.test(task.tid())) {
                continue;
            }
            counters.increment(HostCounter.EXITS_MISSED);
            forget(task, nowNs);
        }
    }

    private void end(Task leader, long timeNs, int status) {
        if (!tasks.remove(leader)) {
            return;
        }
        leader.threads(0).exited(known(timeNs), status);
        Task parent = leader.parent();
        if (parent != null) {
            parent.leader().children(Math.max(0, parent.leader().children() - 1));
        }
    }

    /** A lost exit has no time, but the task must not count as living. */
    private static long known(long timeNs) {
        return Math.max(1, timeNs);
    }

    private List<Task> threadsOf(Task leader) {
        List<Task> found = new ArrayList<>();
        tasks.forEach(
                task -> {
                    if (task != leader && task.leader() == leader) {
                        found.add(task);
                    }
                });
        return found;
    }

    /**
     * A process that forks and exits, whose child forks and exits, and so on, would hold its whole
     * past in memory: of ended ancestors only the nearest are kept.
     */
    private void cutLineage(Task process) {
        int exited = 0;
        int steps = 0;
        for (Task at = process.parent(); at != null && steps < MOST_STEPS; at = at.parent()) {
            at = at.leader();
            steps++;
            if (at.isAlive()) {
                continue;
            }
            exited++;
            if (exited == maxExitedAncestors) {
                Task up = at.parent();
                while (up != null && !up.leader().isAlive()) {
                    up = up.leader().parent();
                    counters.increment(HostCounter.LINEAGES_CUT);
                }
                at.parent(at.parentTid(), up);
                return;
            }
        }
    }

    private boolean full() {
        if (tasks.size() < maxTasks) {
            return false;
        }
        counters.increment(HostCounter.TASKS_REFUSED);
        return true;
    }
}
