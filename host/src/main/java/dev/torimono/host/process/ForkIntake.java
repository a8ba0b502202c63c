// SPDX-License-Identifier: Apache-2.0
// Copyright The Torimono Authors
package dev.torimono.host.process;

import dev.torimono.host.procfs.TextPool;
import dev.torimono.model.Event;
import dev.torimono.model.Extension;
import dev.torimono.model.Image;
import dev.torimono.model.Task;
import dev.torimono.model.Text;
import org.jspecify.annotations.Nullable;

/** Takes in the child of a clone, from the record that the child itself returns with. */
final class ForkIntake {
    private final ProcessTable table;
    private final TaskFinder finder;
    private final TextPool texts;

    ForkIntake(ProcessTable table, TaskFinder finder, TextPool texts) {
        this.table = table;
        this.finder = finder;
        this.texts = texts;
    }

    /** The child, in the table unless that is full. */
    Task child(Event event, TaskParams params, Context context) {
        long tid = event.has(params.tid()) ? event.number(params.tid()) : event.tid();
        long pid = event.has(params.pid()) ? event.number(params.pid()) : tid;
        int detail = detail(event);
        // The detail's start is the task's own; the group's is in the context.
        long startNs = context.tgid() == pid ? context.startNs() : 0;
        if (startNs == 0 && tid == pid && detail >= 0) {
            startNs = event.u64At(detail, 0);
        }
        Task known = table.get(tid);
        if (known != null) {
            if (known.pid() == pid && TaskFinder.fits(known.leader(), startNs)) {
                return known;
            }
            table.forget(known, event.timestampNs());
        }
        return tid == pid
                ? process(event, params, pid, startNs, detail, context)
                : thread(event, params, tid, pid, startNs);
    }

    private Task process(
            Event event, TaskParams params, long pid, long startNs, int detail, Context context) {
        Task child = new Task(pid, pid).startNs(startNs).cloneTimeNs(event.timestampNs());
        long parentId = event.number(params.ptid());
        long parentStartNs = detail < 0 ? 0 : event.u64At(detail, 8);
        // Who called is who started it, whomever the child was given to.
        long creator = detail < 0 ? 0 : event.u64At(detail, 32);
        if (creator != 0) {
            parentId = creator;
            parentStartNs = event.u64At(detail, 24);
        }
        Task parent = parentId == 0 ? null : parent(parentId, parentStartNs);
        if (parent != null) {
            TaskFinder.inherit(child, parent);
        }
        child.parent(parentId, parent == null ? null : parent.leader());
        describe(child, event, params);
        if (context.present()) {
            child.realUid(context.uid());
        }
        if (detail >= 0) {
            child.namespaces(
                    Integer.toUnsignedLong(event.u32At(detail, 16)),
                    Integer.toUnsignedLong(event.u32At(detail, 20)));
        }
        finder.place(child, event, params.cgroups(), detail, context);
        table.addProcess(child);
        return child;
    }

    private Task thread(Event event, TaskParams params, long tid, long pid, long startNs) {
        Task leader = finder.process(pid, startNs);
        if (leader == null) {
            return new Task(tid, pid).startNs(startNs).comm(texts.of(event, params.comm()));
        }
        Task known = table.get(tid);
        if (known != null && known.leader() == leader) {
            return known;
        }
        Task thread = TaskFinder.threadOf(tid, leader).cloneTimeNs(event.timestampNs());
        if (event.has(params.comm())) {
            thread.comm(texts.of(event, params.comm()));
        }
        virtualIds(thread, event, params);
        table.addThread(thread, leader);
        return thread;
    }

    /** By any of its threads: the kernel names the thread that cloned. */
    private @Nullable Task parent(long id, long startNs) {
        Task known = table.get(id);
        if (known != null && TaskFinder.fits(known.leader(), startNs)) {
            return known;
        }
        return finder.process(id, startNs);
    }

    /** What the record itself tells of the child; without a known parent that is all there is. */
    private void describe(Task child, Event event, TaskParams params) {
        if (event.has(params.comm())) {
            child.comm(texts.of(event, params.comm()));
        }
        if (event.has(params.cwd()) && child.cwd().isEmpty()) {
            child.cwd(texts.of(event, params.cwd()));
        }
        if (event.has(params.flags())) {
            child.flags((int) event.number(params.flags()));
        }
        virtualIds(child, event, params);
        if (event.has(params.pidNamespaceStart())) {
            child.pidNamespaceStartNs(event.number(params.pidNamespaceStart()));
        }
        if (Image.UNKNOWN.equals(child.image()) && event.has(params.exe())) {
            child.image(image(event, params));
        }
        if (event.has(params.uid())) {
            long uid = event.number(params.uid());
            child.credentials(child.credentials().withIds(uid, event.number(params.gid())));
        }
    }

    private static void virtualIds(Task child, Event event, TaskParams params) {
        child.virtualIds(
                event.has(params.vtid()) ? event.number(params.vtid()) : child.tid(),
                event.has(params.vpid()) ? event.number(params.vpid()) : child.pid());
    }

    private Image image(Event event, TaskParams params) {
        return new Image(
                texts.of(event, params.exe()),
                Text.EMPTY,
                texts.list(event, params.args()),
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

    private static int detail(Event event) {
        int param = event.extension(Extension.DETAIL);
        return event.length(param) >= Extension.DETAIL_HEADER_BYTES ? param : -1;
    }
}
