// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.HostCounter;
import dev.torimono.host.HostCounters;
import dev.torimono.host.container.CgroupTable;
import dev.torimono.host.procfs.ProcFs;
import dev.torimono.host.procfs.ProcReader;
import dev.torimono.host.procfs.TextPool;
import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.Task;
import org.jspecify.annotations.Nullable;

/**
 * Applies each event's change to the process table. An exec is applied before its event is handed
 * out, so that rules see the new image; an exit after it, so that they still see the process.
 */
public final class Lifecycle {
    private final ProcessTable table;
    private final TaskFinder finder;
    private final ForkIntake forks;
    private final ExecIntake execs;
    private final SessionIntake sessions;
    private final HostCounters counters;
    private final Context context = new Context();
    private @Nullable Task leaving;
    private long leavingNs;
    private int leavingStatus;

    public Lifecycle(
            ProcessTable table,
            ProcFs proc,
            CgroupTable cgroups,
            TextPool texts,
            RepairAllowance allowance,
            boolean environment,
            long bootEpochNs,
            HostCounters counters) {
        this.table = table;
        this.counters = counters;
        ProcReader reader = new ProcReader(proc, cgroups, texts, environment, bootEpochNs);
        finder = new TaskFinder(table, reader, proc, cgroups, texts, allowance, counters);
        forks = new ForkIntake(table, finder, texts);
        execs = new ExecIntake(table, finder, texts);
        sessions = new SessionIntake(proc, texts);
    }

    /** Takes in everything that runs now and is not known yet. */
    public void snapshot(ProcFs proc) {
        for (long pid : proc.pids()) {
            if (table.get(pid) == null) {
                finder.repair(pid, 0, 0);
            }
        }
    }

    /** Applies what the event changes; the task that did it, null when it names none. */
    public @Nullable Task apply(Event event) {
        settle();
        if (!context.read(event)) {
            counters.increment(HostCounter.EXTENSIONS_MALFORMED);
        }
        return switch (Effect.of(event.type())) {
            case NONE -> actor(event);
            case EXEC -> exec(event);
            case FORK -> fork(event);
            case EXIT -> exit(event);
            case SETSID, SETPGID, CHDIR, CHROOT, SETGID, RENAME_TASK -> session(event);
        };
    }

    /**
     * The task as an exec that is held would leave it; the table stays as it is, but for what it
     * did not know of the caller.
     */
    public Task foresee(Event exec) {
        settle();
        context.read(exec);
        return execs.foresee(exec, TaskParams.of(exec.type()), context);
    }

    /** Lets the exit of the last event take effect. */
    public void settle() {
        Task task = leaving;
        if (task != null) {
            leaving = null;
            table.exited(task, leavingNs, leavingStatus);
        }
    }

    private @Nullable Task actor(Event event) {
        long tid = event.tid();
        // Plugins and the idle task: nobody's doing.
        if (tid <= 0) {
            return null;
        }
        Task task = finder.find(tid, context);
        if (context.present()) {
            refresh(task);
        }
        return task;
    }

    /** What the kernel tells of the task with every event. */
    private void refresh(Task task) {
        finder.place(task, context);
        uid(task);
        long mountNs = context.mountNamespace();
        if (mountNs != 0 && mountNs != task.mountNamespace()) {
            task.namespaces(task.pidNamespace(), mountNs);
        }
    }

    /** A changed real id: setuid and its kind, which drop the effective one along. */
    private void uid(Task task) {
        long uid = context.uid();
        if (task.realUid() == uid) {
            return;
        }
        boolean known = task.realUid() != Credentials.UNSET;
        task.realUid(uid);
        Credentials own = task.credentials();
        if (known || own.uid() == Credentials.UNSET) {
            task.credentials(own.withIds(uid, own.gid()));
        }
    }

    private @Nullable Task exec(Event event) {
        TaskParams params = TaskParams.of(event.type());
        if (event.number(params.result()) != 0) {
            return actor(event);
        }
        counters.increment(HostCounter.EXECS);
        return execs.exec(event, params, context);
    }

    private @Nullable Task fork(Event event) {
        TaskParams params = TaskParams.of(event.type());
        // The parent's own record: everything is in the child's.
        if (event.number(params.result()) != 0) {
            return actor(event);
        }
        counters.increment(HostCounter.FORKS);
        Task child = forks.child(event, params, context);
        return child.tid() == event.tid() ? child : actor(event);
    }

    private @Nullable Task exit(Event event) {
        Task task = actor(event);
        if (task != null && table.get(task.tid()) == task) {
            counters.increment(HostCounter.EXITS);
            leaving = task;
            leavingNs = event.timestampNs();
            leavingStatus = (int) event.number(0);
        }
        return task;
    }

    private @Nullable Task session(Event event) {
        Task task = actor(event);
        if (task != null) {
            sessions.apply(event, task);
        }
        return task;
    }
}
