// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.capture;

import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.EventType;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * A new task, told twice: once where the call returns in the parent, once where it returns in the
 * child. Whichever comes first makes the task; in a pid namespace only the child's can.
 */
final class CloneEffect {
    private static final int EXE = 1;
    private static final int ARGS = 2;
    private static final int PID = 4;
    private static final int PARENT = 5;
    private static final int FD_LIMIT = 7;
    private static final int COMM = 13;
    private static final int CGROUPS = 14;
    private static final int FLAGS = 15;
    private static final int UID = 16;
    private static final int GID = 17;
    private static final int VTID = 18;
    private static final int VPID = 19;
    private static final int NAMESPACE_START = 20;

    /** An entry older than this is of an earlier task with the same id, whose end was lost. */
    private static final long STALE_NS = 2_000_000_000L;

    private static final EventType VFORK = EventType.symbol("SYSCALL_VFORK_20_X");

    private final Tasks tasks;
    private final Params params;
    private final Placing placing;
    private long bootTimeNs;

    CloneEffect(Tasks tasks, Params params, Placing placing) {
        this.tasks = tasks;
        this.params = params;
        this.placing = placing;
    }

    void begin(long machineBootTimeNs) {
        bootTimeNs = machineBootTimeNs;
    }

    void apply(Occurrence o) {
        long child = o.result();
        if (child == 0) {
            inChild(o);
        } else if (child > 0) {
            inParent(o, child);
        }
    }

    private void inParent(Occurrence o, long childTid) {
        Event event = o.event();
        CapturedTask caller = tasks.findOrPlaceholder(event.tid());
        o.task(caller);
        if (caller == null) {
            return;
        }
        boolean known = !caller.isPlaceholder();
        if (!known) {
            identify(caller, event);
        }
        int flags = (int) event.number(FLAGS);
        boolean told =
                (flags
                                        & (CloneFlags.CHILD_IN_PID_NAMESPACE
                                                | CloneFlags.NEW_PID
                                                | CloneFlags.PARENT
                                                | CloneFlags.VFORK))
                                != 0
                        || event.tid() != caller.task().vtid()
                        || event.type() == VFORK;
        CapturedTask before = tasks.find(childTid);
        if (told || (before != null && before.has(CloneFlags.INVERTED))) {
            return;
        }
        tasks.remove(childTid);
        boolean thread = (flags & CloneFlags.THREAD) != 0;
        long pid = thread ? caller.task().pid() : childTid;
        long parent = thread ? caller.task().parentTid() : event.tid();
        Task child = new Task(childTid, pid).parent(parent, null).virtualIds(childTid, pid);
        child.flags(thread ? flags | CloneFlags.FILES : flags);
        CapturedTask captured = describe(child, event, caller, known, thread);
        child.pidNamespaceStartNs(bootTimeNs);
        if (!known) {
            caller.task().comm(child.comm()).image(child.image());
        }
        tasks.add(captured);
    }

    private void identify(CapturedTask caller, Event event) {
        caller.identify(event.number(PID), event.number(PARENT));
        if (event.has(VPID)) {
            caller.task().virtualIds(event.number(VTID), event.number(VPID));
        } else {
            caller.task().virtualIds(event.tid(), -1);
        }
        tasks.link(caller);
    }

    private void inChild(Occurrence o) {
        Event event = o.event();
        CapturedTask existing = o.task();
        if (existing != null && existing.task().cloneTimeNs() != 0) {
            if (event.timestampNs() - existing.task().cloneTimeNs() < STALE_NS) {
                return;
            }
            tasks.remove(event.tid());
        }
        o.task(null);
        int flags = (int) event.number(FLAGS) | CloneFlags.INVERTED;
        boolean thread = (flags & CloneFlags.THREAD) != 0;
        Task child = new Task(event.tid(), event.number(PID)).parent(event.number(PARENT), null);
        boolean virtual = event.has(VPID);
        child.virtualIds(
                virtual ? event.number(VTID) : child.tid(), virtual ? event.number(VPID) : -1);
        child.flags(thread ? flags | CloneFlags.FILES : flags);
        CapturedTask model = tasks.findOrPlaceholder(thread ? child.pid() : child.parentTid());
        if (model == null) {
            return;
        }
        boolean known = !model.isPlaceholder();
        if (!known && thread) {
            model.identify(child.pid(), child.parentTid());
            model.task().virtualIds(child.vpid(), child.vpid());
            tasks.link(model);
        }
        CapturedTask captured = describe(child, event, model, known, thread);
        namespaceStart(child, event);
        if (!known && thread) {
            model.task().comm(child.comm()).image(child.image());
        }
        o.task(tasks.add(captured) ? captured : null);
        // The reset that follows the end of an older task of this id.
        captured.lastType(event.type().code() - 1);
    }

    private void namespaceStart(Task child, Event event) {
        boolean inner =
                (child.flags() & (CloneFlags.CHILD_IN_PID_NAMESPACE | CloneFlags.NEW_PID)) != 0
                        || child.tid() != child.vtid();
        if (!inner) {
            child.pidNamespaceStartNs(bootTimeNs);
        } else if (event.has(NAMESPACE_START)) {
            child.pidNamespaceStartNs(event.number(NAMESPACE_START) + bootTimeNs);
        }
    }

    /** Fills the child from the event, and from the task it was made after where that is known. */
    private CapturedTask describe(
            Task child, Event event, CapturedTask model, boolean known, boolean thread) {
        Task from = model.task();
        Image image = image(event, from.image(), known);
        Text comm = event.has(COMM) ? params.text(event, COMM, from.comm()) : image.exe();
        child.comm(comm).image(image).usage(usage(event)).cloneTimeNs(event.timestampNs());
        Credentials old = known ? from.credentials() : Credentials.UNKNOWN;
        child.credentials(credentials(old, event.number(UID), event.number(GID)));
        if (event.has(CGROUPS)) {
            child.cgroup(params.bytes(event, CGROUPS, from.cgroup()));
        }
        CapturedTask captured = new CapturedTask(child, tasks.pool());
        if (known) {
            child.root(from.root()).session(from.sid(), from.pgid(), from.vpgid()).tty(from.tty());
            if (!thread) {
                FdMap fds = model.fds();
                if (fds != null) {
                    captured.ownFds().copyFrom(fds);
                }
                child.cwd(from.cwd());
            }
        }
        child.container(
                child.cgroup().equals(from.cgroup())
                        ? from.container()
                        : placing.container(child.cgroup()));
        return captured;
    }

    private Image image(Event event, Image from, boolean known) {
        Text exe = params.text(event, EXE, from.exe());
        var args = params.texts(event, ARGS, from.args());
        if (known && exe.equals(from.exe()) && args.equals(from.args())) {
            return from;
        }
        return known
                ? new Image(
                        exe,
                        from.path(),
                        args,
                        from.env(),
                        from.execTimeNs(),
                        from.inode(),
                        from.device(),
                        from.ctimeNs(),
                        from.mtimeNs(),
                        from.writable(),
                        from.upperLayer(),
                        from.lowerLayer(),
                        from.memfd())
                : new Image(
                        exe,
                        Text.EMPTY,
                        args,
                        java.util.List.of(),
                        0,
                        0,
                        0,
                        0,
                        0,
                        false,
                        false,
                        false,
                        false);
    }

    private static Credentials credentials(Credentials from, long uid, long gid) {
        return from.uid() == uid && from.gid() == gid
                ? from
                : new Credentials(
                        uid,
                        gid,
                        from.loginUid(),
                        from.capInheritable(),
                        from.capPermitted(),
                        from.capEffective());
    }

    static Task.@Nullable Usage usage(Event event) {
        return new Task.Usage(
                event.number(FD_LIMIT),
                0,
                event.number(10),
                event.number(11),
                event.number(12),
                event.number(8),
                event.number(9));
    }
}
