// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.procfs.TextPool;
import dev.torimono.host.procfs.TtyName;
import dev.torimono.model.Credentials;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a task its new image from the record of a successful exec. */
final class ExecIntake {
    private static final int EXE_WRITABLE = 1;
    private static final int EXE_UPPER_LAYER = 1 << 1;
    private static final int EXE_FROM_MEMFD = 1 << 2;
    private static final int EXE_LOWER_LAYER = 1 << 3;

    /** In the detail: device of the executable. */
    private static final int DETAIL_DEVICE = 32;

    private final ProcessTable table;
    private final TaskFinder finder;
    private final TextPool texts;

    ExecIntake(ProcessTable table, TaskFinder finder, TextPool texts) {
        this.table = table;
        this.finder = finder;
        this.texts = texts;
    }

    Task exec(Event event, TaskParams params, Context context) {
        int detailParam = event.extension(Extension.DETAIL);
        int detail = event.length(detailParam) >= Extension.DETAIL_HEADER_BYTES ? detailParam : -1;
        Task task = finder.known(event.tid(), context);
        if (task == null) {
            task = missed(event, params, context, detail);
        }
        if (task.isLeader()) {
            table.onlyLeader(task);
        }
        fill(task, event, params, context, detail);
        return task;
    }

    /**
     * The task as an exec that has not happened would leave it: a task of its own, in no table. Its
     * ancestors are the real ones.
     */
    Task foresee(Event event, TaskParams params, Context context) {
        Task now = finder.find(event.tid(), context);
        Task task = new Task(now.pid(), now.pid()).startNs(now.leader().startNs());
        TaskFinder.inherit(task, now);
        Task leader = now.leader();
        task.parent(leader.parentTid(), leader.parent()).flags(now.flags());
        task.virtualIds(now.vpid(), now.vpid()).cloneTimeNs(now.cloneTimeNs());
        task.threads(leader.threads()).children(leader.children());
        fill(task, event, params, context, -1);
        return task;
    }

    private void fill(Task task, Event event, TaskParams params, Context context, int detail) {
        task.image(image(event, params, detail));
        task.credentials(credentials(task.credentials(), event, params));
        if (event.has(params.comm())) {
            task.comm(texts.of(event, params.comm()));
        }
        if (event.has(params.cwd())) {
            task.cwd(texts.of(event, params.cwd()));
        }
        if (event.has(params.tty())) {
            task.tty(TtyName.normalize((int) event.number(params.tty())));
        }
        long pgid = event.has(params.pgid()) ? event.number(params.pgid()) : task.pgid();
        long vpgid = event.has(params.vpgid()) ? event.number(params.vpgid()) : task.vpgid();
        task.session(task.sid(), pgid, vpgid);
        task.usage(usage(event, params));
        if (detail >= 0 && event.u32At(detail, 16) != 0) {
            task.namespaces(
                    Integer.toUnsignedLong(event.u32At(detail, 16)),
                    Integer.toUnsignedLong(event.u32At(detail, 20)));
        }
        if (context.present()) {
            task.realUid(context.uid());
        }
        finder.place(task, event, params.cgroups(), detail, context);
    }

    /** Its fork was lost, or it ran before us: everything but the session is in the record. */
    private Task missed(Event event, TaskParams params, Context context, int detail) {
        long pid = event.has(params.pid()) ? event.number(params.pid()) : event.tid();
        Task task = new Task(event.tid(), pid);
        task.startNs(context.startNs()).cloneTimeNs(event.timestampNs());
        long parentId = event.number(params.ptid());
        Task parent =
                parentId == 0
                        ? null
                        : finder.process(parentId, detail < 0 ? 0 : event.u64At(detail, 8));
        if (parent != null) {
            TaskFinder.inherit(task, parent);
        }
        task.parent(parentId, parent).virtualIds(task.tid(), pid);
        table.addProcess(task);
        return task;
    }

    private Image image(Event event, TaskParams params, int detail) {
        long flags = event.number(params.flags());
        List<Text> env = event.has(params.env()) ? texts.list(event, params.env()) : List.of();
        return new Image(
                texts.of(event, params.exe()),
                texts.of(event, params.path()),
                texts.list(event, params.args()),
                env,
                event.timestampNs(),
                event.number(params.inode()),
                detail < 0 ? 0 : event.u32At(detail, DETAIL_DEVICE),
                event.number(params.ctime()),
                event.number(params.mtime()),
                (flags & EXE_WRITABLE) != 0,
                (flags & EXE_UPPER_LAYER) != 0,
                (flags & EXE_LOWER_LAYER) != 0,
                (flags & EXE_FROM_MEMFD) != 0);
    }

    private static Credentials credentials(Credentials before, Event event, TaskParams params) {
        long uid = event.has(params.uid()) ? event.number(params.uid()) : before.uid();
        long gid = event.has(params.gid()) ? event.number(params.gid()) : before.gid();
        long login =
                event.has(params.loginUid()) ? event.number(params.loginUid()) : before.loginUid();
        boolean caps = event.has(params.capEffective());
        long inheritable = caps ? event.number(params.capInheritable()) : before.capInheritable();
        long permitted = caps ? event.number(params.capPermitted()) : before.capPermitted();
        long effective = caps ? event.number(params.capEffective()) : before.capEffective();
        boolean same =
                before.uid() == uid
                        && before.gid() == gid
                        && before.loginUid() == login
                        && before.capInheritable() == inheritable
                        && before.capPermitted() == permitted
                        && before.capEffective() == effective;
        return same ? before : new Credentials(uid, gid, login, inheritable, permitted, effective);
    }

    private static Task.@Nullable Usage usage(Event event, TaskParams params) {
        if (!event.has(params.fdLimit()) && !event.has(params.vmSize())) {
            return null;
        }
        return new Task.Usage(
                event.number(params.fdLimit()),
                0,
                event.number(params.vmSize()),
                event.number(params.vmRss()),
                event.number(params.vmSwap()),
                event.number(params.majorFaults()),
                event.number(params.minorFaults()));
    }
}
