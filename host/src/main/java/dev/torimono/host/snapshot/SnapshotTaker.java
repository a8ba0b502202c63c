// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.snapshot;

import dev.torimono.host.account.HostAccounts;
import dev.torimono.host.process.ProcessTable;
import dev.torimono.model.Fd;
import dev.torimono.model.Snapshot;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells the state of this machine, or of a part of it with all ancestors: tasks from the process
 * table, fds from /proc. Ancestors that have ended are told too, so that lineage is complete.
 */
public final class SnapshotTaker {
    /** {@code CLONE_THREAD} and {@code CLONE_FILES}, as the format has them. */
    private static final int THREAD_FLAGS = 1 << 13 | 1;

    /** Fds of all processes together; more would make a beginning longer than the capture. */
    private static final int MOST_FDS = 200_000;

    private final ProcessTable table;
    private final Path procRoot;
    private final Path hostRoot;
    private final long bootEpochNs;

    public SnapshotTaker(ProcessTable table, Path procRoot, Path hostRoot, long bootEpochNs) {
        this.table = table;
        this.procRoot = procRoot;
        this.hostRoot = hostRoot;
        this.bootEpochNs = bootEpochNs;
    }

    /**
     * The state now.
     *
     * @param which tasks that are told whatever they descend from
     * @param ended tasks that ended lately and are told all the same
     */
    public Snapshot take(Predicate<Task> which, List<Task> ended) {
        return takeLater(which, ended).get();
    }

    /** The tasks now, the rest when it is asked for; what is returned may be used by any thread. */
    public Supplier<Snapshot> takeLater(Predicate<Task> which, List<Task> ended) {
        Map<Long, Task> told = new LinkedHashMap<>();
        List<Task> living = new ArrayList<>();
        table.forEach(
                task -> {
                    if (which.test(task)) {
                        living.add(task);
                    }
                });
        living.forEach(task -> told.put(task.tid(), recorded(task)));
        ended.forEach(task -> told.putIfAbsent(task.tid(), recorded(task)));
        living.forEach(task -> ancestors(task, told));
        ended.forEach(task -> ancestors(task, told));
        List<Task> tasks = List.copyOf(told.values());
        List<Long> leaders = living.stream().filter(Task::isLeader).map(Task::pid).toList();
        return () -> complete(tasks, leaders);
    }

    private Snapshot complete(List<Task> tasks, List<Long> leaders) {
        HostAccounts accounts = HostAccounts.read(hostRoot);
        return new Snapshot(
                Machine.read(procRoot, bootEpochNs),
                tasks,
                fds(leaders),
                accounts.users(),
                accounts.groups(),
                NetworkAddresses.list());
    }

    private static void ancestors(Task task, Map<Long, Task> told) {
        Task at = task.leader();
        told.putIfAbsent(at.tid(), recorded(at));
        for (Task up = at.parent(); up != null; up = up.leader().parent()) {
            Task leader = up.leader();
            if (told.putIfAbsent(leader.tid(), recorded(leader)) != null) {
                return; // its own are told already, or the id is in use again
            }
        }
    }

    private static Task recorded(Task task) {
        Task parent = task.leader().parent();
        Task copy = new Task(task.tid(), task.pid());
        copy.parent(parent == null ? task.leader().parentTid() : parent.leader().tid(), null);
        copy.comm(task.comm()).image(task.image()).cwd(task.cwd());
        copy.root(task.root().isEmpty() ? Text.of("/") : task.root());
        copy.cgroup(task.cgroup()).credentials(task.credentials()).usage(task.usage());
        copy.session(task.sid(), task.pgid(), task.vpgid()).tty(task.tty());
        copy.pidNamespaceStartNs(task.pidNamespaceStartNs());
        boolean inner = task.vtid() > 0;
        copy.virtualIds(inner ? task.vtid() : task.tid(), inner ? task.vpid() : task.pid());
        return copy.flags(task.isLeader() ? 0 : THREAD_FLAGS);
    }

    private Map<Long, List<Fd>> fds(List<Long> leaders) {
        FdLister lister = new FdLister(procRoot, MOST_FDS);
        Map<Long, List<Fd>> fds = new HashMap<>();
        for (long pid : leaders) {
            List<Fd> open = lister.list(pid);
            if (!open.isEmpty()) {
                fds.put(pid, open);
            }
        }
        return fds;
    }
}
